#!/usr/bin/env python3
"""Called by `run`: `measure.py SITREP DATA PAGES SETUP COUNT` takes the archives in and prints the table."""

import html
import http.client
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

ADDRESS = "127.0.0.1:18091"


def take(sitrep, data, files):
    """Seconds, seconds of processor, and megabytes at the most, of one process that reads the archives."""
    begun = time.monotonic()
    command = [sitrep, "collect", "--desk", "iran", "--data", data, "--json"]
    for file in files:
        command += ["--file", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"collecting ended with {status}")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


class Newsroom:
    """A browser of one person, without a browser."""

    def __init__(self, setup):
        self.connection = http.client.HTTPConnection(ADDRESS, timeout=600)
        self.cookie = ""
        form = {"name": "Noor", "login": "noor", "password": "a sentence that is long enough"}
        self.ask("POST", setup, urllib.parse.urlencode(form))

    def ask(self, method, path, body=None):
        headers = {"Cookie": self.cookie, "Origin": f"http://{ADDRESS}", "Sec-Fetch-Site": "same-origin"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.monotonic()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} answers {answer.status}: {text[:300]}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        return (time.monotonic() - begun) * 1000, text


def inbox(sitrep, data, setup):
    """Milliseconds of the inbox's first page: the first time after a start, then the median; of a later page; memory."""
    command = [sitrep, "serve", "--data", data, "--listen", ADDRESS, "--base", f"http://{ADDRESS}", "--no-work"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(2000):
            try:
                newsroom = Newsroom(setup)
                break
            except ConnectionRefusedError:
                time.sleep(0.005)
        first, text = newsroom.ask("GET", "/newsroom/iran/inbox")
        again = statistics.median(newsroom.ask("GET", "/newsroom/iran/inbox")[0] for _ in range(30))
        later = []
        for _ in range(20):
            next_page = re.search(rb'rel="next" href="([^"]*)"', text)
            if not next_page:
                break
            link = html.unescape(next_page.group(1).decode())
            took, text = newsroom.ask("GET", urllib.parse.urljoin("/newsroom/iran/inbox", link))
            later.append(took)
        status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
        memory = int(re.search(r"^VmRSS:\s*(\d+)", status, re.M).group(1)) / 1000
        return first, again, statistics.median(later) if later else None, memory
    finally:
        server.terminate()
        server.wait()


def main():
    sitrep, data, pages, setup, count = sys.argv[1:]
    count = int(count)
    files = sorted(pathlib.Path(pages).glob("*.warc.gz"))
    half = len(files) // 2
    halves = [take(sitrep, data, files[:half]), take(sitrep, data, files[half:])]
    first, again, later, memory = inbox(sitrep, data, setup)
    (wall, cpu, most), (wall2, cpu2, most2) = halves
    rows = [
        (f"taking in {count:,} pages (s)", f"{wall + wall2:.1f}", "1,000,000 in ≤ 1,200"),
        ("  processor for a document (ms)", f"{(cpu + cpu2) * 1000 / count:.2f}", "≤ 2.4 on two"),
        ("  time for a document (ms)", f"{(wall + wall2) * 1000 / count:.2f}", "≤ 1.2"),
        ("  second half against the first", f"×{cpu2 / cpu:.2f}", "≤ ×1.2"),
        ("  memory at the most (MB)", f"{max(most, most2):.0f}", "≤ 4,000"),
        ("inbox, first page after a start (ms)", f"{first:.0f}", "≤ 100"),
        ("  again, median (ms)", f"{again:.1f}", ""),
        ("  a later page, median (ms)", "—" if later is None else f"{later:.1f}", ""),
        ("  memory of the server (MB)", f"{memory:.0f}", ""),
    ]
    print("| figure | value | target |\n|---|---:|---:|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
