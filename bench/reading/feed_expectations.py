"""The expectations of feedparser's and gofeed's fixtures, translated to the fields that `sitrep feed parse` prints.

Prints how many hold, and each that does not. What speaks of something that we do not print (categories, enclosures,
encodings, places …) is counted as not ours.
"""

import ast
import html
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urljoin

from lxml import html as lxml_html

# Why an expectation does not hold, where that is meant.
REASONS = {
    "bozo_linenoise": "bytes without any declared encoding that are text in several; feedparser takes the one it tries first",
    "entities/lang": "HTML 5 gives the reference another character (U+27E8) than HTML 4 (U+2329)",
    "entities/rang": "HTML 5 gives the reference another character (U+27E9) than HTML 4 (U+232A)",
    "_crazy": "what stands inside `script` is no text of ours; feedparser keeps a part of it",
}

corpus, program = Path(sys.argv[1]), sys.argv[2]


def text_of(markup: str | None) -> str:
    if not markup:
        return ""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def fragment(markup: str | None) -> tuple:
    """Text and addresses of a piece of HTML: what must be equal however it is written down."""
    if not markup or not markup.strip():
        return ("", ())
    try:
        tree = lxml_html.fragment_fromstring(markup, create_parent="div")
    except Exception:
        return (" ".join(markup.split()), ())
    links = tuple(value for _, name, value, _ in tree.iterlinks() if name in ("href", "src") and not value.startswith("data:"))
    return ("".join(tree.text_content().split()), links)


def same_markup(ours, expected) -> bool:
    if fragment(ours) == fragment(expected):
        return True
    # Text that was escaped once more or less, or given as text.
    return fragment(ours)[0] == fragment(html.escape(str(expected)))[0] or fragment(html.unescape(ours or ""))[0] == fragment(
        html.unescape(str(expected))
    )[0]


def same_title(ours, expected) -> bool:
    expected = str(expected)
    squeeze = lambda text: "".join(text.split())
    candidates = {squeeze(expected), squeeze(text_of(expected)), squeeze(html.unescape(expected)), squeeze(text_of(html.unescape(expected)))}
    return squeeze(ours or "") in candidates


def same_time(ours, expected) -> bool:
    if ours is None or expected is None:
        return ours is expected
    ours = datetime.fromisoformat(ours.replace("Z", "+00:00"))
    return abs((ours - expected).total_seconds()) < 1


def of_tuple(parts) -> datetime:
    return datetime(*parts[:6], tzinfo=timezone.utc)


NOT_OURS = object()


def one(ours: dict, entry: bool, path: list, expected):
    """Whether one expected value holds; NOT_OURS where it speaks of something else."""
    key = path[0]
    rest = path[1:]
    if key.endswith("_detail"):
        if rest not in (["value"], ["name"]):
            return NOT_OURS
        key, rest = key[: -len("_detail")], []
    if key in ("title",) and not rest:
        return same_title(ours["title"], expected)
    if key in ("link",) and not rest:
        return (ours["url" if entry else "link"] or "") == expected
    if key == "language" and not entry and not rest:
        return ours["language"] == expected
    if not entry:
        return NOT_OURS
    if key in ("id", "guid") and not rest:
        return (ours["id"] or "") == expected
    if key in ("summary", "description") and not rest:
        return same_markup(ours["summary"], expected) or (ours["summary"] is None and same_markup(ours["content"], expected))
    if key == "content" and len(rest) == 2 and rest[1] == "value":
        return rest[0] > 0 and NOT_OURS or same_markup(ours["content"] or ours["summary"], expected)
    if key == "author" and not rest:
        name = re.sub(r"\s*\([^)]*@[^)]*\)", "", str(expected)).strip()
        return name in ours["author"] or expected in ours["author"] or (not expected and not ours["author"])
    if key in ("published_parsed", "updated_parsed", "created_parsed") and not rest:
        field = "updated" if key.startswith("updated") else "published"
        if expected is None:
            return ours[field] is None
        return same_time(ours[field], of_tuple(expected))
    return NOT_OURS


def subscripts(node) -> list | None:
    path = []
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        if isinstance(node, ast.Subscript):
            try:
                path.append(ast.literal_eval(node.slice))
            except ValueError:
                return None
            node = node.value
        else:
            path.append(node.attr)
            node = node.value
    return [node.id, *reversed(path)] if isinstance(node, ast.Name) else None


def feedparser_case(expression: str, feed: dict):
    """Yields (what, holds) for each comparison of an expectation."""
    for node in ast.walk(ast.parse(expression.strip(), mode="eval")):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], (ast.Eq, ast.Is)):
            continue
        try:
            expected = ast.literal_eval(node.comparators[-1])
        except ValueError:
            try:
                expected = eval(compile(ast.Expression(node.comparators[-1]), "", "eval"), {})
            except Exception:
                continue
        for side in [node.left, *node.comparators[:-1]]:
            path = subscripts(side)
            if path is None or len(path) < 2:
                yield expression, NOT_OURS
            elif path[0] == "feed":
                yield expression, one(feed, False, path[1:], expected)
            elif path[0] == "entries" and len(path) > 2 and isinstance(path[1], int):
                entries = feed["entries"]
                yield expression, one(entries[path[1]], True, path[2:], expected) if path[1] < len(entries) else False
            else:
                yield expression, NOT_OURS


def first(*values):
    return next((value for value in values if value), None)


def gofeed_case(expected: dict, feed: dict):
    def when(text):
        return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None

    link = lambda links: next((l.get("href") for l in links or [] if l.get("rel", "alternate") in ("", "alternate")), None)
    yield_if = lambda what, given, holds: [(what, holds(given))] if given else []
    yield from yield_if("title", expected.get("title"), lambda given: same_title(feed["title"], given))
    given = expected.get("link") or (link(expected.get("links")) if isinstance((expected.get("links") or [None])[0], dict) else None)
    given = given or expected.get("home_page_url")
    yield from yield_if("link", given, lambda given: feed["link"] == given)
    yield from yield_if("language", expected.get("language"), lambda given: feed["language"] == given)
    items = first(expected.get("items"), expected.get("entries")) or []
    for at, item in enumerate(items):
        if at >= len(feed["entries"]):
            yield f"item {at}", False
            continue
        ours = feed["entries"][at]
        guid = item.get("guid")
        guid = guid.get("value") if isinstance(guid, dict) else guid
        yield from yield_if("id", guid or item.get("id"), lambda given: ours["id"] == given)
        yield from yield_if("title", item.get("title"), lambda given: same_title(ours["title"], given))
        links = item.get("links")
        given = item.get("link") or (link(links) if links and isinstance(links[0], dict) else None) or item.get("url")
        yield from yield_if("url", given, lambda given: ours["url"] == given)
        given = item.get("description") or item.get("summary")
        yield from yield_if("summary", given, lambda given: same_markup(ours["summary"], given) or ours["summary"] is None and same_markup(ours["content"], given))
        given = item.get("content")
        given = given.get("value") if isinstance(given, dict) else given
        given = given or item.get("content_html") or item.get("content_text")
        yield from yield_if("content", given, lambda given: same_markup(ours["content"] or ours["summary"], given))
        given = when(first(item.get("publishedParsed"), item.get("pubDateParsed")))
        yield from yield_if("published", given, lambda given: same_time(ours["published"], given))
        yield from yield_if("updated", when(item.get("updatedParsed")), lambda given: same_time(ours["updated"], given))
        people = item.get("authors") or ([item["author"]] if isinstance(item.get("author"), dict) else [])
        for person in people:
            yield from yield_if("author", person.get("name"), lambda given: given in ours["author"])


def head(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8", "utf-16", "utf-32", "latin-1", "cp037"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "Expect:" in text:
            return text
    return ""


def run(inputs: list) -> dict:
    answer = subprocess.run([program], input="\n".join(json.dumps(i) for i in inputs), capture_output=True, text=True, check=True)
    return {line["file"]: line for line in map(json.loads, answer.stdout.splitlines())}


def main() -> None:
    cases = []
    for path in sorted((corpus / "feedparser").rglob("*.xml")):
        text = head(path)
        expectation = re.search(r"Expect:\s*(.*)", text)
        if not expectation:
            continue
        kind = re.search(r"Header:\s*Content-type:\s*(.*)", text, re.I)
        location = re.search(r"Header:\s*Content-Location:\s*(\S+)", text, re.I)
        url = "http://127.0.0.1:8097/tests/" + str(path.relative_to(corpus / "feedparser"))
        url = urljoin(url, location[1]) if location and ":" not in location[1].replace("http://", "") else url
        cases.append(("feedparser", path, expectation[1], {"file": str(path), "content_type": kind and kind[1].strip(), "url": url}))
    for path in sorted((corpus / "gofeed").rglob("*.json")):
        source = path.with_suffix(".xml")
        if not source.exists():
            source = path.with_name(path.name.replace("_expected", ""))
        if source.exists() and source != path:
            cases.append(("gofeed", source, json.loads(path.read_text()), {"file": str(source), "content_type": None, "url": None}))
    answers = run([case[3] for case in cases])
    counts = {}
    failures = []
    for suite, path, expected, _ in cases:
        answer = answers[str(path)]
        count = counts.setdefault(suite, [0, 0, 0])
        feed = answer.get("feed") or {"title": None, "link": None, "language": None, "entries": []}
        results = list(feedparser_case(expected, feed) if suite == "feedparser" else gofeed_case(expected, feed))
        ours = [(what, holds) for what, holds in results if holds is not NOT_OURS]
        if not ours:
            count[2] += 1
            continue
        wrong = [what for what, holds in ours if not holds]
        count[bool(wrong)] += 1
        if wrong:
            failures.append((path.relative_to(corpus), wrong, answer.get("error") or feed))
    for path, wrong, got in failures:
        reason = next((reason for part, reason in REASONS.items() if part in str(path)), None)
        if reason:
            print(f"- {path}: {reason}")
            continue
        print(f"- {path}: {wrong[0] if isinstance(wrong[0], str) and len(wrong) == 1 else wrong}")
        if "--verbose" in sys.argv:
            print("    got", json.dumps(got, ensure_ascii=False)[:400])
    held = sum(count[0] for count in counts.values())
    failed = sum(count[1] for count in counts.values())
    for suite, count in counts.items():
        print(f"| {suite:<10} | {count[0]:>5} hold | {count[1]:>3} do not | {count[2]:>4} speak of what we don't print")
    print(f"| all        | {held / (held + failed):.2%} of {held + failed}")


main()
