"""How a reading is judged: shingles of four tokens (the article-extraction benchmark's definition), segments that must
and must not be there (trafilatura's), and metadata."""

import random
import re
import statistics
import unicodedata
from collections import Counter

TOKEN = re.compile(r"\w+")
# Scripts written without spaces: each character is a token of its own, but not where the benchmark's own definition is asked.
ALONE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+?(?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])|\w+")
SHINGLE = 4
ROUNDS = 2000


def shingles(text: str, by_character: bool) -> Counter:
    tokens = (ALONE if by_character else TOKEN).findall(text or "")
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[at : at + SHINGLE]) for at in range(max(1, len(tokens) - SHINGLE + 1)))


def body_counts(gold: str, read: str, by_character: bool) -> tuple[float, float, float]:
    """True positives, false positives and false negatives of one page; long pages weigh no more than short ones."""
    want, got = shingles(gold, by_character), shingles(read, by_character)
    common = sum((want & got).values())
    extra, missing = sum((got - want).values()), sum((want - got).values())
    whole = common + extra + missing
    return (common / whole, extra / whole, missing / whole) if whole else (0.0, 0.0, 0.0)


def mean_f1(counts: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """F1 of the mean precision and the mean recall, as the benchmark has it."""
    precisions = [ratio(common, extra, missing) for common, extra, missing in counts if common + extra > 0]
    recalls = [ratio(common, missing, extra) for common, extra, missing in counts if common + missing > 0]
    precision = statistics.fmean(precisions) if precisions else 0.0
    recall = statistics.fmean(recalls) if recalls else 0.0
    return (2 * precision * recall / (precision + recall) if precision + recall else 0.0, precision, recall)


def ratio(common: float, wrong: float, other: float) -> float:
    if wrong == other == 0:
        return 1.0
    return common / (common + wrong) if common + wrong else 0.0


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def segment_counts(required: list[str], forbidden: list[str], read: str) -> tuple[float, float, float]:
    read = plain(read)
    found = sum(plain(segment) in read for segment in required)
    wrong = sum(plain(segment) in read for segment in forbidden)
    return (float(found), float(wrong), float(len(required) - found))


def summed_f1(counts: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    common, extra, missing = (sum(count[at] for count in counts) for at in range(3))
    precision = common / (common + extra) if common + extra else 0.0
    recall = common / (common + missing) if common + missing else 0.0
    return (2 * common / (2 * common + extra + missing) if common else 0.0, precision, recall)


def differences(ours: list, theirs: list, measure, seed: int = 1) -> tuple[float, float, float]:
    """Ours less theirs over the same pages, with the interval that holds 95 % of the bootstrap."""
    chance = random.Random(seed)
    size = len(ours)
    drawn = []
    for _ in range(ROUNDS):
        at = [chance.randrange(size) for _ in range(size)]
        drawn.append(measure([ours[i] for i in at])[0] - measure([theirs[i] for i in at])[0])
    drawn.sort()
    return (measure(ours)[0] - measure(theirs)[0], drawn[int(ROUNDS * 0.025)], drawn[int(ROUNDS * 0.975)])


def folded(text: str) -> str:
    return " ".join(TOKEN.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def same_title(gold: str, read: str | None) -> float:
    return float(folded(gold) == folded(read or ""))


def same_authors(gold: list[str], read: list[str]) -> float:
    """F1 of the names: a name is right where one holds all words of the other."""
    if not read:
        return 0.0
    want, got = [set(folded(name).split()) for name in gold], [set(folded(name).split()) for name in read]
    found = sum(any(a and (a <= b or b and b <= a) for b in got) for a in want)
    right = sum(any(b and (b <= a or a and a <= b) for a in want) for b in got)
    precision, recall = right / len(got), found / len(want)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
