"""The gold sets of page reading: where each page is, and what it should give."""

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html as markup

BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}


@dataclass
class Page:
    """One page with its gold; what a set does not say is None."""

    name: str
    path: Path
    url: str | None = None
    body: str | None = None
    required: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    title: str | None = None
    authors: list[str] | None = None
    site: str | None = None
    language: str | None = None
    begins: bool = False  # the gold gives only the beginning of the body


def text_of(source: str) -> str:
    """The text of a piece of HTML; blocks are lines."""
    if not source.strip():
        return ""
    root = markup.fromstring(source)
    out: list[str] = []

    def walk(element) -> None:
        if not isinstance(element.tag, str):
            return
        if element.tag in {"script", "style", "noscript", "svg"}:
            return
        block = element.tag in BLOCKS
        if block:
            out.append("\n")
        out.append(element.text or "")
        for child in element:
            walk(child)
            out.append(child.tail or "")
        if block:
            out.append("\n")

    walk(root)
    return "".join(out)


def unpacked(source: Path, folder: Path) -> Path:
    """A page as a plain file."""
    if source.suffix != ".gz":
        return source
    target = folder / source.relative_to(source.parents[2]).with_suffix("")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.decompress(source.read_bytes()))
    return target


def aeb(root: Path, work: Path) -> list[Page]:
    gold = json.loads((root / "aeb/ground-truth.json").read_text())
    return [
        Page(key, unpacked(root / f"aeb/html/{key}.html.gz", work), value.get("url"), body=value["articleBody"])
        for key, value in gold.items()
    ]


def trafilatura(root: Path, work: Path) -> list[Page]:
    gold = json.loads((root / "trafilatura/evaldata.json").read_text())
    return [
        Page(
            value["file"], unpacked(root / f"trafilatura/html/{value['file']}.gz", work), url,
            required=value["with"], forbidden=value["without"], title=value.get("title") or None,
            authors=names_of(value.get("author")), site=value.get("sitename") or None,
        )
        for url, value in gold.items()
    ]


def names_of(author) -> list[str] | None:
    """Authors, given as a list or as one string."""
    names = author if isinstance(author, list) else (author or "").split(";")
    return [name.strip() for name in names if name.strip()] or None


def readability(root: Path, work: Path) -> list[Page]:
    pages = []
    for folder in sorted((root / "readability").iterdir()):
        about = json.loads((folder / "expected-metadata.json").read_text())
        expected = gzip.decompress((folder / "expected.html.gz").read_bytes()).decode()
        pages.append(Page(
            folder.name, unpacked(folder / "source.html.gz", work), "http://fakehost/test/page.html", body=text_of(expected),
            title=about.get("title"), authors=[about["byline"]] if about.get("byline") else None, site=about.get("siteName"),
            language=about.get("lang"),
        ))
    return pages


def fundus(root: Path, work: Path) -> list[Page]:
    pages = []
    for about in sorted((root / "fundus").glob("*/*.json")):
        versions = json.loads(about.read_text())
        for source in sorted(about.parent.glob(f"{about.stem}_*.html.gz")):
            path = unpacked(source, work)
            page = path.read_text(errors="replace")
            gold = best_version(versions, page)
            if gold is None:
                continue
            body = gold["body"]
            lines = list(body.get("summary", []))
            for section in body.get("sections", []):
                lines += section.get("headline", []) + section.get("paragraphs", [])
            pages.append(Page(
                f"{about.parent.name}/{source.name.removesuffix('.html.gz')}", path, None, body="\n".join(lines),
                title=gold.get("title"), authors=gold.get("authors") or None,
            ))
    return pages


def best_version(versions: dict, page: str) -> dict | None:
    """A page's gold among its outlet's: the one whose paragraphs begin on it."""
    text = " ".join(text_of(page.replace('encoding="', 'data-encoding="')).split())

    def held(gold: dict) -> float:
        sections = gold.get("body", {}).get("sections", [])
        begins = [" ".join(line.split())[:20] for section in sections for line in section.get("paragraphs", [])]
        return sum(begin in text for begin in begins) / len(begins) if begins else 0.0

    best = max((gold for gold in versions.values() if gold.get("body")), key=held, default=None)
    return best if best is not None and held(best) > 0.5 else None


def other_scripts(root: Path, work: Path) -> list[Page]:
    pages = []
    folder = root / "other-scripts/newspaper4k"
    for page in sorted((folder / "html").iterdir()):
        gold = folder / "txt" / f"{page.stem}.txt"
        about = folder / "metadata" / f"{page.stem}.json"
        known = json.loads(about.read_text()) if about.exists() else {}
        body = gold.read_text() if gold.exists() else known.get("text")
        pages.append(Page(page.stem, page, known.get("url"), body=body, title=known.get("title")))
    for about in sorted((root / "other-scripts/goose3").glob("*.json")):
        known = json.loads(about.read_text())
        expected = known["expected"]
        pages.append(Page(
            about.stem, about.with_suffix(".html"), known["url"], body=expected["cleaned_text"], title=expected.get("title"),
            begins=True,
        ))
    return [page for page in pages if page.body]


SETS = {"aeb": aeb, "trafilatura": trafilatura, "readability": readability, "fundus": fundus, "other-scripts": other_scripts}
