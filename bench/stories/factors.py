"""Chooses the factors of `crates/sift/src/likeness.rs` on the tuning half of the labelled documents.

    cargo build --release -p sitrep-sift --example measure_stories
    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install numpy scipy
    CORPUS=…/osint-docs /tmp/peers/bin/python bench/stories/factors.py target/release/examples/measure_stories

Logistic regression over the pairs that the stream remembers beside each that arrives, factors not below nothing (what is shared speaks for, days between speak
against). Prints both rows; the constants in the code are 0.5 and 0.1 lower, chosen on the same half by the F1 of whole stories.
"""

import json
import os
import pathlib
import subprocess
import sys

import numpy
from scipy.optimize import minimize

STRENGTH = 1.5
# The measure that counts days.
DAYS = 7


def main():
    here = pathlib.Path(__file__).parent
    corpus = pathlib.Path(os.environ["CORPUS"])
    files = [corpus / "documents.jsonl", corpus / "story-clusters.jsonl", here / "labels.jsonl"]
    documents, clusters, labels = ([json.loads(line) for line in file.open()] for file in files)
    address = {d["doc_id"]: d["url"] for d in documents}
    story = {address[l["id"]]: ("tune", l["story"]) for l in labels if l["part"] == "tune" and "flag" not in l}
    story |= {c["url"]: ("clusters", c["story"]) for c in clusters if not c["flag"]}

    printed = subprocess.check_output([sys.argv[1], *files], env={**os.environ, "PAIRS": "1"}, text=True)
    pairs = {True: ([], []), False: ([], [])}
    for line in filter(lambda line: line.startswith("{"), printed.splitlines()):
        arrived = json.loads(line)
        one = story.get(address.get(arrived["id"], arrived["id"]))
        if not one or arrived["relation"] in ("update", "reprint"):
            continue
        for name, is_same_language, measures in arrived["pairs"]:
            other = story.get(address.get(name, name))
            if other and one[0] == other[0]:
                pairs[is_same_language][0].append(measures)
                pairs[is_same_language][1].append(one == other)
    for same, (measures, is_same) in pairs.items():
        x, y = numpy.array(measures), numpy.array(is_same, float)
        scale = numpy.where(numpy.arange(x.shape[1]) == 0, 1.0, x.std(0) + 1e-6)
        scaled = x / scale

        def loss(factors):
            z = scaled @ factors
            odds = 1 / (1 + numpy.exp(-z))
            slope = scaled.T @ (odds - y)
            slope[1:] += factors[1:] / STRENGTH
            return (numpy.logaddexp(0, z) - y * z).sum() + (factors[1:] ** 2).sum() / (2 * STRENGTH), slope

        bounds = [(None, None)] + [(0, None)] * (x.shape[1] - 1)
        bounds[DAYS] = (None, 0)
        found = minimize(loss, numpy.zeros(x.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x / scale
        print("within a language" if same else "across languages", [round(float(f), 2) for f in found], f"{len(y)} pairs")


main()
