"""Readers of pages side by side on the gold sets: F1, paired differences with bootstrap intervals, metadata, pages a second.

Usage: compare.py CORPUS WORK READER [--peers trafilatura,readability-lxml,resiliparse,readability] [--sets aeb,…] [--worst N]
READER is the built example `read_pages`. Peers' readings are kept in WORK, so that a second run reads only with READER.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import scores
import sets


def ours(pages, reader: Path) -> tuple[list[dict], float]:
    return piped(pages, [str(reader)])


def piped(pages, command: list[str], folder: Path | None = None) -> tuple[list[dict], float]:
    lines = "".join(json.dumps({"file": str(page.path), "url": page.url}) + "\n" for page in pages)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=folder)
    readings = [json.loads(line) for line in done.stdout.split("\n") if line]
    return readings, json.loads(done.stderr.strip().splitlines()[-1])["seconds"]


def timed(pages, read) -> tuple[list[dict], float]:
    readings, spent = [], 0.0
    for page in pages:
        source = page.path.read_bytes()
        begun = time.perf_counter()
        try:
            found = read(source, page.url)
        except Exception as error:  # a peer's failure is its reading
            found = {"text": "", "error": str(error)}
        spent += time.perf_counter() - begun
        readings.append(found)
    return readings, spent


def with_trafilatura(pages, _):
    import trafilatura

    def read(source, url):
        return {"text": trafilatura.extract(source, include_comments=False, include_tables=True) or ""}

    readings, spent = timed(pages, read)
    for page, reading in zip(pages, readings):  # its metadata, outside the time
        about = trafilatura.extract_metadata(page.path.read_bytes(), default_url=page.url)
        if about is not None:
            names = [name.strip() for name in (about.author or "").split(";") if name.strip()]
            reading |= {"title": about.title, "byline": names, "site": about.sitename}
    return readings, spent


def with_readability_lxml(pages, _):
    from readability import Document
    from trafilatura.utils import decode_file

    def read(source, url):
        document = Document(decode_file(source))
        return {"html": document.summary(), "title": document.short_title()}

    return timed(pages, read)


def with_resiliparse(pages, _):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    def read(source, url):
        tree = HTMLTree.parse(bytes_to_str(source, detect_encoding(source)))
        return {"text": extract_plain_text(tree, main_content=True, alt_texts=False)}

    return timed(pages, read)


def with_readability(pages, work: Path):
    folder = work / "node"
    if not (folder / "node_modules/jsdom").is_dir():
        raise RuntimeError("@mozilla/readability is not installed there")
    return piped(pages, ["node", str(Path(__file__).with_name("readability.mjs"))], folder)


PEERS = {
    "trafilatura": with_trafilatura, "readability-lxml": with_readability_lxml, "resiliparse": with_resiliparse,
    "readability": with_readability,
}


def kept(name: str, which: str, pages, work: Path) -> tuple[list[dict], float] | None:
    path = work / f"{which}.{name}.json"
    if path.exists():
        readings, seconds = json.loads(path.read_text())
        if len(readings) == len(pages):
            return readings, seconds
    try:
        readings, seconds = PEERS[name](pages, work)
    except (ImportError, RuntimeError, OSError, subprocess.CalledProcessError) as error:
        print(f"skipped: {name}: {error}", file=sys.stderr)
        return None
    for reading in readings:
        if "html" in reading:
            reading["text"] = sets.text_of(reading.pop("html") or "")
    path.write_text(json.dumps([readings, seconds]))
    return readings, seconds


def counts_of(pages, readings, which: str) -> list[tuple[float, float, float]]:
    if which == "trafilatura":
        return [scores.segment_counts(p.required, p.forbidden, r.get("text") or "") for p, r in zip(pages, readings)]
    def read(page, reading) -> str:
        text = reading.get("text") or ""
        return text[: len(page.body)] if page.begins else text

    return [scores.body_counts(p.body, read(p, r), which != "aeb") for p, r in zip(pages, readings)]


def metadata(pages, readings) -> str:
    parts = []
    titles = [scores.same_title(p.title, r.get("title")) for p, r in zip(pages, readings) if p.title]
    names = [scores.same_authors(p.authors, r.get("byline") or []) for p, r in zip(pages, readings) if p.authors]
    sites = [scores.same_title(p.site, r.get("site")) for p, r in zip(pages, readings) if p.site]
    spoken = [
        float((r.get("language") or "").split("-")[0] == p.language.split("-")[0].lower())
        for p, r in zip(pages, readings) if p.language and "language" in r
    ]
    for name, found in (("title", titles), ("byline", names), ("site", sites), ("language", spoken)):
        parts.append(f"{statistics.fmean(found):.3f}" if found else "–")
    return " | ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("reader", type=Path)
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--sets", default=",".join(sets.SETS))
    parser.add_argument("--worst", type=int, default=0, help="list this many pages on which we are worst")
    parser.add_argument("--keep", type=Path, help="write our readings here")
    args = parser.parse_args()
    print("| set | reader | F1 | precision | recall | halves | ours less theirs (95 %) | title | byline | site | language | pages/s |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    for which in args.sets.split(","):
        pages = sets.SETS[which](args.corpus / "extraction", args.work / "pages")
        measure = scores.summed_f1 if which == "trafilatura" else scores.mean_f1
        rows = {"sitrep": ours(pages, args.reader)}
        for name in filter(None, args.peers.split(",")):
            found = kept(name, which, pages, args.work)
            if found is not None:
                rows[name] = found
        counts = {name: counts_of(pages, readings, which) for name, (readings, _) in rows.items()}
        for name, (readings, seconds) in rows.items():
            f1, precision, recall = measure(counts[name])
            halves = " ".join(f"{measure(counts[name][start::2])[0]:.4f}" for start in (0, 1))
            difference = ""
            if name != "sitrep":
                middle, low, high = scores.differences(counts["sitrep"], counts[name], measure)
                difference = f"{middle:+.4f} ({low:+.4f} … {high:+.4f})"
            print(
                f"| {which} ({len(pages)}) | {name} | {f1:.4f} | {precision:.4f} | {recall:.4f} | {halves} | {difference} "
                f"| {metadata(pages, readings)} | {len(pages) / seconds:.0f} |", flush=True,
            )
        if args.worst:
            ranked = sorted(zip(pages, counts["sitrep"]), key=lambda pair: pair[1][0] / max(sum(pair[1]), 1e-9))
            for page, count in ranked[: args.worst]:
                print(f"    {page.name} right {count[0]:.2f} extra {count[1]:.2f} missing {count[2]:.2f} {page.path}")
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{which}.jsonl").write_text(
                "".join(json.dumps({"name": p.name} | r) + "\n" for p, r in zip(pages, rows["sitrep"][0]))
            )


if __name__ == "__main__":
    main()
