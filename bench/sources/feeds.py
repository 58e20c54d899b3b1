#!/usr/bin/env python3
"""Feeds to look at: `feeds.py PORT` answers `/NUMBER/feed.xml` on every loopback address, with an ETag, two entries and a new one
each hour; a source asked again meanwhile is told that nothing has changed. The entries' pages are there. Prints a line
`LOOKS UNCHANGED PAGES` each second."""

import asyncio
import random
import sys
import time

begun = time.time()
WORDS = "harbour train clerk water budget letter market school bridge council".split()
asked = {"all": 0, "unchanged": 0, "pages": 0}


def feed(host, number, hour):
    items = "".join(
        f"<item><title>Report {number}/{hour - back}</title><link>http://{host}/{number}/{hour - back}.html</link>"
        f"<guid>{number}-{hour - back}</guid></item>"
        for back in range(2)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {number}</title>{items}</channel></rss>'.encode()


def page(path):
    draw = random.Random(path)
    words = " ".join(draw.choice(WORDS) + str(draw.randrange(400)) for _ in range(150))
    return f"<!doctype html><html lang=en><title>{path}</title><article><h1>Report {path}</h1><p>{words}.</p></article>".encode()


async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            if path.endswith(".html"):
                asked["pages"] += 1
                body = page(path)
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
                continue
            if not path.endswith("/feed.xml"):
                writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
                continue
            host = head.lower().split(b"\r\nhost: ", 1)[1].split(b"\r\n", 1)[0].decode()
            number = int(path.split("/")[1])
            asked["all"] += 1
            # Each source has its own minute of the hour.
            hour = int((time.time() - begun + number % 3600) // 3600)
            tag = f'"{number}-{hour}"'.encode()
            if tag in head:
                asked["unchanged"] += 1
                writer.write(b"HTTP/1.1 304 Not Modified\r\netag: " + tag + b"\r\n\r\n")
            else:
                body = feed(host, number, hour)
                fields = b"content-type: application/rss+xml\r\netag: %s\r\ncontent-length: %d" % (tag, len(body))
                writer.write(b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n\r\n" + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
        pass
    finally:
        writer.close()


async def main():
    port = int(sys.argv[1])
    server = await asyncio.start_server(serve, "0.0.0.0", port, backlog=1024)
    async with server:
        while True:
            await asyncio.sleep(1)
            print(asked["all"], asked["unchanged"], asked["pages"], flush=True)


asyncio.run(main())
