"""Near-copies: sitrep's index beside rensa and datasketch, on one stream, in one run.

    cargo build --release -p sitrep-sift --example near_copies
    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install rensa datasketch
    /tmp/peers/bin/python bench/stories/near_copies.py target/release/examples/near_copies

The stream is made here: texts of invented words with the frequencies of a language, and copies of them as outlets make them:
a new head, sentences left out, sentences added, words replaced. Each program reads texts from memory and is timed from the first
text to the last. Medians of three runs.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time

DOCUMENTS = 6_000
COPIES = 0.4
PERMUTATIONS = 128


def stream(seed=7):
    """Lines of {id, text, of}: every copy stands behind the text that it was made from."""
    chance = random.Random(seed)
    syllables = [a + b for a in "bdfghklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or")]
    words = sorted({"".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30_000)})
    chance.shuffle(words)
    weights = [1 / (rank + 3) for rank in range(len(words))]

    def sentence():
        return chance.choices(words, weights, k=chance.randint(8, 28))

    def copy(sentences):
        kept = [list(s) for s in sentences if chance.random() > 0.15] or [list(sentences[0])]
        for s in kept:
            for at in range(len(s)):
                if chance.random() < 0.02:
                    s[at] = chance.choices(words, weights)[0]
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            kept.insert(chance.randint(0, len(kept)), sentence())
        return kept

    lines, texts = [], []
    while len(lines) < DOCUMENTS:
        if texts and chance.random() < COPIES:
            family, text = chance.choice(texts[-3_000:])
            made, of = copy(text), f"{family}/0"
        else:
            family, made, of = len(texts), [sentence() for _ in range(chance.randint(3, 14))], None
            texts.append((family, made))
        text = " ".join(" ".join(s).capitalize() + "." for s in made)
        lines.append({"id": f"{family}/{len(lines) if of else 0}", "text": text, "of": of})
    return lines


def grams(text):
    words = text.split()
    return [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]


def measured(lines, found, seconds):
    family = lambda name: name.split("/")[0]
    copies = sum(1 for line in lines if line["of"])
    told = sum(1 for hits in found if hits)
    right = sum(1 for line, hits in zip(lines, found) if line["of"] and any(family(h) == family(line["id"]) for h in hits))
    return {
        "documents": len(lines),
        "seconds": seconds,
        "per_second": len(lines) / seconds,
        "recall": right / copies,
        "precision": right / max(1, told),
    }


def rensa(lines, pieces, threshold):
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=32)
    found, kept = [], []
    start = time.perf_counter()
    for at, line in enumerate(lines):
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=42)
        minhash.update(pieces(line["text"]))
        hits = [hit for hit in lsh.query(minhash) if minhash.jaccard(kept[hit]) >= threshold]
        found.append(hits)
        lsh.insert(at, minhash)
        kept.append(minhash)
    seconds = time.perf_counter() - start
    return measured(lines, [[lines[hit]["id"] for hit in hits] for hits in found], seconds)


def datasketch(lines, pieces, threshold):
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
    found = []
    start = time.perf_counter()
    for at, line in enumerate(lines):
        minhash = MinHash(num_perm=PERMUTATIONS)
        minhash.update_batch([piece.encode() for piece in pieces(line["text"])])
        found.append(lsh.query(minhash))
        lsh.insert(at, minhash)
    seconds = time.perf_counter() - start
    return measured(lines, [[lines[hit]["id"] for hit in hits] for hits in found], seconds)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = stream()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
        file.flush()
        ours = lambda: json.loads(subprocess.check_output([sys.argv[1], file.name]))
        tries = {
            "sitrep": ours,
            "rensa, words, 0.5": lambda: rensa(lines, str.split, 0.5),
            "rensa, three words, 0.5": lambda: rensa(lines, grams, 0.5),
            "rensa, three words, 0.3": lambda: rensa(lines, grams, 0.3),
            "datasketch, three words, 0.5": lambda: datasketch(lines[: DOCUMENTS // 3], grams, 0.5),
        }
        results = {name: [] for name in tries}
        for _ in range(3):
            for name, measure in tries.items():
                results[name].append(measure())
    print(f"{'':<30}{'documents/s':>14}{'recall':>9}{'precision':>11}")
    for name, runs in results.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(f"{name:<30}{middle['per_second']:>14,.0f}{middle['recall']:>9.3f}{middle['precision']:>11.3f}")


main()
