"""How many texts' languages are told: headlines and paragraphs of real pages, labelled by what the pages say of themselves."""

import collections
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

corpus, program = Path(sys.argv[1]), sys.argv[2]
ALIKE = {"nb": "no", "nn": "no", "iw": "he"}


def fundus():
    for gold in sorted((corpus / "extraction/fundus").glob("*/*.json")):
        pages = sorted(gold.parent.glob(gold.stem + "_*.html.gz"))
        if not pages:
            continue
        page = gzip.open(pages[-1]).read(20_000).decode("utf-8", "replace")
        label = re.search(r"<html[^>]*\blang=[\"']?([a-zA-Z]{2})", page)
        if not label:
            continue
        label = ALIKE.get(label[1].lower(), label[1].lower())
        for version in json.loads(gold.read_text()).values():
            if not isinstance(version, dict):
                continue
            if isinstance(version.get("title"), str):
                yield "headline", label, version["title"], gold.stem
            body = version.get("body") or {}
            for section in body.get("sections", [])[:3]:
                for paragraph in section.get("paragraphs", [])[:3]:
                    if len(paragraph) >= 80:
                        yield "paragraph", label, paragraph, gold.stem


def documents():
    seen = set()
    for line in (corpus / "osint-docs/documents.jsonl").open():
        document = json.loads(line)
        for kind, text in (("headline", document["title"]), ("paragraph", (document["raw_text"] or "")[:300])):
            if text and len(text) > 15 and text not in seen:
                seen.add(text)
                yield kind, document["language"], text, "documents"


def main() -> None:
    cases = [case for case in [*fundus(), *documents()]]
    texts = "\n".join(" ".join(case[2].split()) for case in cases)
    answers = subprocess.run([program], input=texts, capture_output=True, text=True, check=True).stdout.split()
    counts = collections.defaultdict(lambda: [0, 0])
    for (kind, label, text, source), answer in zip(cases, answers, strict=True):
        right = answer == label
        for key in ((kind, "all"), (kind, label)):
            counts[key][0] += right
            counts[key][1] += 1
        if not right and "--verbose" in sys.argv:
            print(f"- {label} read as {answer} ({source}): {' '.join(text.split())[:100]}")
    for (kind, label), (right, count) in sorted(counts.items()):
        print(f"| {kind:<9} | {label:<3} | {right / count:7.2%} of {count}")


main()
