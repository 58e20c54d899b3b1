#!/usr/bin/env python3
"""Pages for measuring what a document costs: `bench/ingest/pages.py COUNT FOLDER [--each N]`.

Writes COUNT captured pages into WARC files of N (5,000 where it is not said): articles of made-up outlets in English, Persian,
Arabic and Russian, about 250 to 500 words in the markup of four generations of sites. Three in ten re-print an earlier one with a sentence of
their own; the others tell one of many happenings in words of their own, several outlets one happening. Words, names and
outlets are made up here. The same number gives the same page everywhere.
"""

import datetime
import gzip
import pathlib
import random
import sys

LAST = datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone.utc)
SECONDS_BETWEEN = 20
LETTERS = {
    "en": ("bdfghklmnprstvw", "aeiou"),
    "fa": ("بپتجچحخدرزژسشفقکگلمنه", "اوی"),
    "ar": ("بتثجحخدذرزسشصضطعغفقكلمنه", "اوي"),
    "ru": ("бвгджзклмнпрстфх", "аеиоу"),
}
# The words that hold sentences together, as often as in real ones.
LINKS = {
    "en": "the of and in to said that on for with by was were from after".split(),
    "fa": "در به از که این با را برای است شد گفت و آن تا".split(),
    "ar": "في من على إلى أن التي عن مع هذا قال بعد كان بين وقد".split(),
    "ru": "в и на что с по для из после от было как это".split(),
}
KNOWN = {
    "en": ["strike", "railway", "port", "teachers", "water", "budget", "diesel"],
    "fa": ["اعتصاب", "راه‌آهن", "بندر", "معلمان", "آب", "بودجه", "گازوئیل"],
    "ar": ["إضراب", "ميناء", "البوكمال", "الميادين", "تسمم"],
    "ru": ["забастовка", "порт", "железная", "отравление"],
}
LANGUAGES = ("en", "fa", "fa", "ar", "en", "ru", "fa", "en")
VOCABULARY = 20_000
HAPPENINGS_A_DAY = 700
OUTLETS = 120


def words(language):
    draw = random.Random(f"words {language}")
    consonants, vowels = LETTERS[language]
    made = []
    for _ in range(VOCABULARY):
        made.append("".join(draw.choice(consonants) + draw.choice(vowels) for _ in range(draw.choice((2, 2, 3, 3, 4)))))
    return made


class Writer:
    def __init__(self):
        self.words = {language: words(language) for language in LETTERS}

    def word(self, draw, language):
        if draw.random() < 0.38:
            return draw.choice(LINKS[language])
        if draw.random() < 0.01:
            return draw.choice(KNOWN[language])
        return self.words[language][int(VOCABULARY * draw.random() ** 3)]

    def name(self, draw, language):
        word = self.words[language][int(VOCABULARY * draw.random())]
        return word.capitalize()

    def sentence(self, draw, language, names):
        parts = [self.word(draw, language) for _ in range(draw.randrange(10, 26))]
        for _ in range(draw.choice((0, 1, 1, 2))):
            parts[draw.randrange(len(parts))] = draw.choice(names)
        if draw.random() < 0.3:
            parts[draw.randrange(len(parts))] = str(draw.randrange(2, 900))
        text = " ".join(parts)
        return text[0].upper() + text[1:] + "."

    def story(self, number):
        """Title and paragraphs of an article that is nobody's copy."""
        draw = random.Random(f"page {number}")
        language = LANGUAGES[draw.randrange(len(LANGUAGES))]
        day = number * SECONDS_BETWEEN // 86_400
        happening = f"{language} {day} {draw.randrange(HAPPENINGS_A_DAY)}"
        of = random.Random(happening)
        names = [self.name(of, language) for _ in range(5)]
        title = " ".join([draw.choice(names), *(self.word(draw, language) for _ in range(5)), draw.choice(names)])
        body = [
            " ".join(self.sentence(draw, language, names) for _ in range(draw.randrange(2, 5)))
            for _ in range(draw.randrange(5, 9))
        ]
        return language, title, body

    def article(self, number):
        draw = random.Random(f"what {number}")
        if number > 100 and draw.random() < 0.3:
            language, title, body = self.story(number - draw.randrange(1, 100))
            body = [*body, self.sentence(draw, language, [self.name(draw, language)])]
        else:
            language, title, body = self.story(number)
        return language, title, body


def page(number, language, title, body, at):
    """The article as one of four makes of sites has it."""
    links = "".join(f'<li><a href="/{name}/{number % 97}">{name}</a></li>' for name in ("world", "sport", "about", "archive", "contact"))
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in body)
    when = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    way = "rtl" if language in ("fa", "ar") else "ltr"
    head = f'<meta charset="utf-8"><title>{title}</title>'
    aside = "".join(f'<div class="item"><a href="/news/{number - n}">{title[: 10 + n]} {n}</a></div>' for n in range(1, 13))
    match number % 4:
        case 0:
            head += f'<meta property="article:published_time" content="{when}"><meta property="og:type" content="article">'
            main = f'<article><h1>{title}</h1><time datetime="{when}">{when[:10]}</time>{text}</article>'
        case 1:
            head += f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{when}","headline":"{title}"}}</script>'
            main = f'<div class="content"><h1 class="title">{title}</h1><div class="body">{text}</div></div>'
        case 2:
            main = f'<table><tr><td><h2>{title}</h2><span class="date">{when[:10]}</span><div id="text">{text}</div></td><td>{aside}</td></tr></table>'
        case _:
            main = f'<main><h1>{title}</h1><p class="meta">{when[:10]} {when[11:16]}</p><section class="entry">{text}</section></main>'
    return (
        f'<!doctype html><html lang="{language}" dir="{way}"><head>{head}</head><body><nav><ul>{links}</ul></nav>{main}'
        f'<aside>{aside}</aside><footer><ul>{links}</ul><p>All rights reserved</p></footer></body></html>'
    ).encode()


def record(number, url, at, html):
    http = b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: %d\r\n\r\n" % len(html) + html
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Date: {at.strftime('%Y-%m-%dT%H:%M:%SZ')}\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    ).encode()
    return head + http + b"\r\n\r\n"


def main():
    arguments = sys.argv[1:]
    each = 5_000
    if "--each" in arguments:
        at = arguments.index("--each")
        each = int(arguments[at + 1])
        del arguments[at : at + 2]
    if len(arguments) != 2:
        sys.exit(__doc__)
    count, folder = int(arguments[0]), pathlib.Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    writer = Writer()
    for first in range(0, count, each):
        with gzip.open(folder / f"{first:08}.warc.gz", "wb", compresslevel=1) as file:
            for number in range(first, min(count, first + each)):
                at = LAST - datetime.timedelta(seconds=(count - number) * SECONDS_BETWEEN)
                language, title, body = writer.article(number)
                outlet = random.Random(f"outlet {number}").randrange(OUTLETS)
                url = f"https://outlet{outlet}.example/news/{number}"
                file.write(record(number, url, at, page(number, language, title, body, at)))


if __name__ == "__main__":
    main()
