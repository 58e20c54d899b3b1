"""htmldate over a gold set: F1 as its own evaluation counts it, pages a second of processor time."""

import gzip
import json
import sys
import time
from pathlib import Path

from htmldate import find_date


def main() -> None:
    corpus, name = Path(sys.argv[1]), sys.argv[2]
    right = wrong = missed = 0
    seconds = 0.0
    gold = json.loads((corpus / "htmldate" / f"{name}.json").read_text())
    for entry in gold.values():
        paths = [corpus / folder / "html" / f"{entry['file']}.gz" for folder in ("htmldate", "trafilatura")]
        page = gzip.open(next(path for path in paths if path.exists())).read()
        begun = time.process_time()
        try:
            found = find_date(page, original_date=True)
        except Exception:
            found = None
        seconds += time.process_time() - begun
        expected = entry["date"] if isinstance(entry["date"], str) else None
        if found is None:
            missed += expected is not None
        elif found == expected:
            right += 1
        else:
            wrong += 1
    f1 = 2 * right / (2 * right + wrong + missed)
    print(json.dumps({"right": right, "wrong": wrong, "missed": missed, "f1": f1, "pages_a_second": len(gold) / seconds}))


main()
