#!/usr/bin/env python3
"""Serving an archive: `serving.py SITREP DATA ADDRESS COUNT TEXTS` prints lines `NAME VALUE` for `bench/archive/run`.

Pages "made anew" are asked for once each, one after the other, so that none comes from the page cache.
"""

import http.client
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

TICK = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, sitrep, data, address):
        self.address = address
        self.begun = time.monotonic()
        command = [sitrep, "serve", "--data", data, "--listen", address, "--base", f"http://{address}", "--no-work"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.connection = http.client.HTTPConnection(address, timeout=600)

    def first(self, path):
        """Milliseconds from the start to the last byte of the first page."""
        while True:
            try:
                self.get(path)
                return (time.monotonic() - self.begun) * 1000
            except ConnectionRefusedError:
                self.connection.close()
                time.sleep(0.002)

    def get(self, path):
        begun = time.monotonic()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}: {body[:200]}")
        return (time.monotonic() - begun) * 1000

    def processor(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self, name):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s*(\d+)", status, re.M).group(1)) / 1000

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait()


def load(server, path):
    """Requests a second, the 99th percentile in ms, and the server's microseconds of processor for a request."""
    rounds = []
    server.get(path)
    for _ in range(3):
        before = server.processor()
        command = ["wrk", "-t1", "-c32", "-d4s", "--latency", f"http://{server.address}{path}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        count = int(re.search(r"(\d+) requests in", told).group(1))
        number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", told).groups()
        rate = float(re.search(r"Requests/sec:\s*([\d.]+)", told).group(1))
        late = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
        rounds.append((rate, late, (server.processor() - before) * 1e6 / max(count, 1)))
    return tuple(statistics.median(column) for column in zip(*rounds))


def questions(texts, draw):
    """Two or three words that stand together in some edition, one of them mostly rare; no two alike."""
    asked = set()
    files = sorted(texts.glob("*.txt"))
    while len(asked) < 400:
        sentences = re.findall(r"[A-Z][^.\n]{40,200}\.", draw.choice(files).read_text(encoding="utf-8"))
        words = [word for word in re.findall(r"[A-Za-z]{4,}", draw.choice(sentences))]
        if len(words) > 3:
            at = draw.randrange(len(words) - 2)
            asked.add(" ".join(words[at : at + draw.choice((2, 3))]))
    return sorted(asked)


def main():
    sitrep, data, address, count, texts = sys.argv[1:]
    say = lambda name, value: print(name, value, flush=True)
    draw = random.Random(5)
    texts = pathlib.Path(texts)
    days = sorted(path.stem for path in texts.glob("*.txt"))
    starts = []
    for _ in range(5):
        server = Server(sitrep, data, address)
        starts.append(server.first("/iran"))
        server.stop()
    say("start", f"{statistics.median(starts):.0f}")
    server = Server(sitrep, data, address)
    server.first("/iran")
    say("first_archive", f"{server.get('/iran/outlets'):.0f}")
    some = draw.sample(days[1:], min(200, len(days) - 1))
    half = len(some) // 2
    medians = lambda paths: f"{statistics.median(server.get(path) for path in paths):.2f}"
    say("made", medians(f"/iran/editions/{day}" for day in some[:half]))
    say("made_as_of", medians(f"/iran/editions/{day}?as_of=2026-01-02" for day in some[half:]))
    say("archive_made", medians(f"/iran/archive?as_of=2026-01-{at:02}" for at in range(2, 29)))
    say("calendar_made", medians(f"/iran/calendar?as_of=2026-01-{at:02}" for at in range(2, 29)))
    pairs = [(days[at - 1], days[at]) for at in draw.sample(range(1, len(days)), min(100, len(days) - 1))]
    say("compare_page", medians(f"/iran/since?from={a}&to={b}" for a, b in pairs))
    asked = [urllib.parse.quote(words) for words in questions(texts, draw)]
    for words in asked[:50]:
        server.get(f"/iran/search?q={words}")
    times = sorted(server.get(f"/iran/search?q={words}") for words in asked[50:])
    say("search_p50", f"{times[len(times) // 2]:.2f}")
    say("search_p99", f"{times[len(times) * 99 // 100]:.2f}")
    page = f"/iran/editions/{days[-1]}"
    rate, late, cost = load(server, page)
    say("page_rate", f"{rate:.0f}")
    say("page_p99", f"{late:.2f}")
    say("page_cpu", f"{cost:.1f}")
    then, _, cost_then = load(server, f"{page}?as_of=2026-01-02")
    say("as_of_rate", f"{then:.0f}")
    say("as_of_ratio", f"{cost_then / cost:.2f}")
    say("memory", f"{server.memory('VmRSS'):.0f}")
    say("memory_own", f"{server.memory('RssAnon'):.0f}")
    server.stop()


if __name__ == "__main__":
    main()
