"""Baselines on the same stream: TF-IDF and MinHash, each in one pass, its bound chosen on the tuning half as ours was.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install scikit-learn datasketch
    CORPUS=…/osint-docs /tmp/peers/bin/python bench/stories/baselines.py

Pairwise F1 as in `measure_stories`; each address once. Both know the address of a page, as we do.
"""

import json
import os
import pathlib
import re
from collections import defaultdict

from datasketch import MinHash
from sklearn.feature_extraction.text import TfidfVectorizer


def pairwise(labelled, found, across=False):
    both = told = right = 0
    for at, (a, story, language) in enumerate(labelled):
        for b, other, spoken in labelled[at + 1 :]:
            if across and language == spoken:
                continue
            right += story == other
            told += found[a] == found[b]
            both += story == other and found[a] == found[b]
    return 2 * both / (told + right) if told + right else 0.0


def grouped(records, likeness, bound):
    """Each document goes to the story of the most alike document before it, if it is alike enough."""
    story, by_address, before = {}, {}, []
    for at, record in enumerate(records):
        known = by_address.get(record["url"])
        if known is None:
            best = max(((likeness(at, other), other) for other in before), default=(0.0, None))
            known = story[records[best[1]]["id"]] if best[0] >= bound else record["id"]
            by_address[record["url"]] = known
            before.append(at)
        story[record["id"]] = known
    return story


def tfidf(records):
    texts = [f"{r['title']} {r['title']} {r['text'][:2000]}" for r in records]
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    table = (matrix @ matrix.T).toarray()
    return lambda a, b: table[a, b]


def minhash(records):
    made = []
    for record in records:
        words = re.findall(r"\w+", f"{record['title']} {record['text'][:2000]}".lower())
        signature = MinHash(num_perm=128)
        signature.update_batch([word.encode() for word in words])
        made.append(signature)
    return lambda a, b: made[a].jaccard(made[b])


def main():
    here = pathlib.Path(__file__).parent
    corpus = pathlib.Path(os.environ["CORPUS"])
    read = lambda file: [json.loads(line) for line in file.open()]
    documents, clusters = read(corpus / "documents.jsonl"), read(corpus / "story-clusters.jsonl")
    stream = [{"id": d["doc_id"], "url": d["url"], "title": d["title"] or "", "text": d["raw_text"] or "", "language": d["language"]} for d in documents]
    alone = [{"id": c["url"], "url": c["url"], "title": c["title"], "text": c["text"], "language": c["language"]} for c in clusters]
    address = {record["id"]: record["url"] for record in stream}
    stories = defaultdict(dict)
    for label in read(here / "labels.jsonl"):
        if "flag" not in label:
            stories[label["part"]][address[label["id"]]] = label["story"]
    stories["clusters"] = {c["url"]: c["story"] for c in clusters if not c["flag"]}

    def sets(records, story):
        seen, once, every = set(), [], []
        for record in records:
            if record["url"] in story:
                line = (record["id"], story[record["url"]], record["language"])
                every.append(line)
                if record["url"] not in seen:
                    once.append(line)
                seen.add(record["url"])
        return once, every

    for name, make in (("TF-IDF", tfidf), ("MinHash", minhash)):
        in_stream, by_itself = make(stream), make(alone)
        tune = sets(stream, stories["tune"])[0]
        own = sets(alone, stories["clusters"])[0]
        tried = []
        for bound in [step / 50 for step in range(3, 36)]:
            found, found_alone = grouped(stream, in_stream, bound), grouped(alone, by_itself, bound)
            tried.append((pairwise(tune, found) + pairwise(own, found_alone), bound, found, found_alone))
        _, bound, found, found_alone = max(tried, key=lambda entry: entry[0])
        print(f"{name}, bound {bound}")
        print(f"  {'clusters, their own stream':<28}{pairwise(own, found_alone):.3f}  across {pairwise(own, found_alone, True):.3f}")
        for part in ("clusters", "tune", "verify"):
            for what, labelled in zip(("", ", each collection"), sets(stream, stories[part])):
                print(f"  {part + what:<28}{pairwise(labelled, found):.3f}  across {pairwise(labelled, found, True):.3f}")


main()
