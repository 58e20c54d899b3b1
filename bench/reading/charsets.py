"""Charsets: how many files are read as the text that they are, beside charset-normalizer and resiliparse.

A folder's name is the true encoding of its files (and their language). A reading is right where its text equals that of
the true encoding as Python or the WHATWG standard decodes it, line ends and byte order mark aside, or where it was
read in that very encoding: many files are the same text in several encodings.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

corpus, program = Path(sys.argv[1]), sys.argv[2]

# Python's names of what the WHATWG standard reads under a label.
WHATWG = {
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "ascii": "cp1252",
    "maccyrillic": "mac_cyrillic",
    "utf-8-sig": "utf-8",
}
LANGUAGES = set("hungarian polish croatian greek russian slovene czech slovak romanian bulgarian arabic hebrew turkish".split())


def encodings(folder: str) -> list[str]:
    name = folder.lower()
    head, _, tail = name.rpartition("-")
    if tail in LANGUAGES:
        name = head
    own = {"maccyrillic": "mac_cyrillic", "tis-620": "tis_620"}.get(name, name)
    return list(dict.fromkeys([own, WHATWG.get(name, own)]))


def plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\0\n ")


def truths(data: bytes, folder: str) -> set[str]:
    return {plain(data.decode(encoding, "replace")) for encoding in encodings(folder)}


def is_right(text: str, data: bytes, folder: str, encoding: str | None = None) -> bool:
    text = plain(text)
    # The very encoding: what differs then is how two decoders stand for bytes that are none of it.
    if encoding and encoding.lower() in encodings(folder):
        return True
    if text in truths(data, folder):
        return True
    # Characters that the tables of the two standards map differently (a dash, a quote, a private character).
    return any(
        len(text) == len(truth) and sum(a != b for a, b in zip(text, truth)) * 200 <= len(truth) for truth in truths(data, folder)
    )


def report(name: str, right: int, count: int, seconds: float | None) -> None:
    rate = f"{count / seconds:8.0f} files/s" if seconds else ""
    print(f"| {name:<20} | {right / count:.2%} ({right} of {count}) | {rate}")


def main() -> None:
    files = [path for folder in sorted(corpus.iterdir()) if folder.is_dir() for path in sorted(folder.iterdir())]
    data = {path: path.read_bytes() for path in files}
    answer = subprocess.run([program], input="\n".join(map(str, files)), capture_output=True, text=True, check=True)
    right = 0
    # Lines only: U+2028 and its like are no line ends of JSON.
    for line in map(json.loads, answer.stdout.strip("\n").split("\n")):
        path = Path(line["file"])
        if is_right(line["text"], data[path], path.parent.name, line["encoding"]):
            right += 1
        else:
            print(f"- {path.parent.name}/{path.name}: read as {line['encoding']}")
    report("sitrep", right, len(files), None)

    from charset_normalizer import from_bytes

    begun, right = time.process_time(), 0
    for path in files:
        best = from_bytes(data[path]).best()
        right += best is not None and is_right(str(best), data[path], path.parent.name, best.encoding.replace("_", "-"))
    report("charset-normalizer", right, len(files), time.process_time() - begun)

    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    begun, right = time.process_time(), 0
    for path in files:
        encoding = detect_encoding(data[path])
        right += is_right(bytes_to_str(data[path], encoding), data[path], path.parent.name, encoding)
    report("resiliparse", right, len(files), time.process_time() - begun)


main()
