#!/usr/bin/env python3
"""Editions for measuring: `bench/archive/editions.py COUNT FOLDER [--first N]`.

Writes COUNT texts as a team would have published them, one a day backwards from 31 December 2025: about 3,500 words,
two sections with their scope, 26 paragraphs, 100 notes of which a third list several references (46 in a hundred on X,
16 on Telegram, defanged outlets, percent-encoded Persian, earlier editions). A tenth of the sentences is carried on from
the days before, as a desk does. Every word is made up here: names and places are those of the example desk, outlets end
in `.example`. The same number gives the same text everywhere.
"""

import datetime
import pathlib
import random
import sys
import tomllib
import urllib.parse

LAST = datetime.date(2025, 12, 31)
PARAGRAPHS = 26
SENTENCES = 5
NOTES = 100

SYLLABLES = (
    "bar dan kel mor tis van rel sor pad lim gar fen dol han wes tur nal bris cor mend lat ves quar tan pel dor sim hal "
    "ret jun mar tel gis bal nor pas ken lor vid sal"
).split()
OPENINGS = (
    "Officials in {place} said", "{actor} announced", "Three outlets in {place} reported", "A spokesman of {actor} said",
    "Local channels in {place} claimed", "The provincial office in {place} confirmed", "{actor} denied",
    "Residents of {place} told a local paper", "A member of the commission said", "State media reported on {day}",
)
ACTS = (
    "that {n} workers of the {thing} {verb} for the {ordinal} day", "that the {thing} near {place} would be {done}",
    "that talks over the {thing} with {actor} had {moved}", "that {n} vehicles {verb} along the road from {place} to {place2}",
    "that the council had {done} a {quality} plan for the {thing}", "that the price of the {thing} rose by {n} percent",
    "that {actor} had {done} the {quality} {thing} in {place}", "that a delegation {verb} from {place} to meet {actor}",
)
TAILS = (
    "on {day}", "despite an earlier {quality} promise", "after {n} days without {thing}", "in a letter to {actor}",
    "and asked {actor} to answer", "while {place2} saw no such {thing}", "at a price of {n} million", "before the vote on the {thing}",
)
JUDGEMENTS = (
    "The {thing} will {likely} remain {quality} as long as {actor} holds {place}.",
    "{actor} {likely} seeks a {quality} {thing} in order to keep its hold on {place}.",
    "It is {likely} that the {thing} near {place} will be {done} within {n} days.",
    "This desk previously assessed that {actor} would not accept a {quality} {thing}.",
)
WORDS = {
    "likely": ("likely", "unlikely", "very likely", "almost certainly", "probably"),
    "done": ("postponed", "approved", "closed", "repaired", "searched", "sold", "rebuilt", "inspected", "divided"),
    "moved": ("stalled", "begun again", "failed", "advanced", "been moved to the capital", "ended without a text"),
    "verb": ("marched", "waited", "struck", "returned", "gathered", "travelled", "protested", "drove", "halted"),
    "ordinal": ("second", "third", "fourth", "tenth"),
}
PERSIAN = ("راه‌آهن", "بندر", "معلمان", "بودجه", "آب", "اعتصاب", "گازوئیل", "مجلس", "شورا", "قرارداد")


class Desk:
    """The names of the example desk."""

    def __init__(self, folder):
        read = lambda name: tomllib.loads((folder / name).read_text(encoding="utf-8"))
        self.desk = read("desk.toml")
        self.places = [place["name"] for place in read("places.toml")["place"]]
        self.actors = [actor["name"] for actor in read("actors.toml")["actor"]]


def vocabulary(count, seed):
    """Made-up words; the earlier ones are drawn far more often."""
    draw = random.Random(seed)
    words = []
    seen = set()
    while len(words) < count:
        word = "".join(draw.choice(SYLLABLES) for _ in range(draw.choice((2, 2, 3))))
        if word not in seen:
            seen.add(word)
            words.append(word)
    return words


class Slots(dict):
    """What stands in a pattern's braces, drawn as it is asked for."""

    def __init__(self, writer, draw, date):
        super().__init__()
        self.writer, self.draw, self.date = writer, draw, date

    def __missing__(self, slot):
        draw, writer = self.draw, self.writer
        match slot:
            case "place" | "place2":
                return draw.choice(writer.desk.places)
            case "actor":
                return writer.frequent(draw, writer.desk.actors)
            case "thing":
                return writer.frequent(draw, writer.things)
            case "quality":
                return writer.frequent(draw, writer.qualities)
            case "n":
                return draw.randrange(2, 900)
            case "day":
                day = self.date - datetime.timedelta(days=draw.randrange(3))
                return f"{day:%B} {day.day}"
            case _:
                return draw.choice(WORDS[slot])


class Writer:
    def __init__(self, desk):
        self.desk = desk
        self.things = vocabulary(4000, 1)
        self.qualities = [word + "al" for word in vocabulary(1200, 2)]

    def frequent(self, draw, words):
        return words[int(len(words) * draw.random() ** 3)]

    def fill(self, draw, pattern, date):
        return pattern.format_map(Slots(self, draw, date))

    def sentence(self, draw, date):
        if draw.random() < 0.12:
            text = self.fill(draw, draw.choice(JUDGEMENTS), date)
        else:
            parts = [draw.choice(OPENINGS), draw.choice(ACTS), draw.choice(TAILS)]
            if draw.random() < 0.6:
                parts.append("and " + draw.choice(ACTS))
            text = self.fill(draw, " ".join(parts), date) + "."
        return text[0].upper() + text[1:]

    def paragraph(self, number, place, date):
        """The sentences of a paragraph. One in ten is one of the days before, as written then."""
        draw = random.Random(f"{number}/{place}")
        sentences = []
        for at in range(SENTENCES):
            if at and draw.random() < 0.1:
                earlier = number + draw.randrange(1, 4)
                sentences.append(self.sentence(random.Random(f"{earlier}/{place}/{at}"), day_of(earlier)))
            else:
                sentences.append(self.sentence(random.Random(f"{number}/{place}/{at}"), date))
        return sentences

    def reference(self, draw, number, date):
        chance = draw.random()
        if chance < 0.46:
            return f"https://x.com/{draw.choice(SYLLABLES)}_{draw.choice(SYLLABLES)}/status/1{draw.randrange(10**17, 10**18)}"
        if chance < 0.62:
            return f"https://t.me/{draw.choice(SYLLABLES)}{draw.choice(SYLLABLES)}/{draw.randrange(100, 90000)}"
        if chance < 0.70:
            earlier = day_of(number + draw.randrange(1, 40))
            return f"https://brief.example/analysis/zagros-update-{earlier:%B}-{earlier.day}-{earlier.year}".lower()
        outlet = f"www.{draw.choice(SYLLABLES)}{draw.choice(SYLLABLES)}"
        if chance < 0.80:
            path = urllib.parse.quote("-".join(draw.choice(PERSIAN) for _ in range(4)))
            return f"https://{outlet}[.]example/news/{draw.randrange(10**7, 10**8)}/{path}"
        defanged = draw.choice((" [dot] example", " dot example", "[.]example", ".example"))
        return f"https://{outlet}{defanged}/{date:%Y/%m/%d}/{draw.randrange(10**4, 10**6)}"

    def note(self, number, at, date):
        draw = random.Random(f"{number}/note/{at}")
        count = draw.choice((1, 1, 2, 1, 1, 3))
        return " ; ".join(self.reference(draw, number, date) for _ in range(count))

    def edition(self, number):
        date = day_of(number)
        title = f"{self.desk.desk['name']}, {date:%B} {date.day}, {date.year}"
        body = [self.paragraph(number, place, date) for place in range(PARAGRAPHS)]
        lines = [f"{date:%B} {date.day}, {date.year}", title, self.desk.desk["standing"], "Key Takeaways"]
        lines += [f"  {at + 1}. {body[at * 5][0]}" for at in range(5)]
        marked, step = 0, NOTES / (PARAGRAPHS * SENTENCES)
        for place, sentences in enumerate(body):
            if place % (PARAGRAPHS // 2) == 0:
                section = self.desk.desk["sections"][place * 2 // PARAGRAPHS]
                lines += [section["title"], section["scope"]]
            text = []
            for at, sentence in enumerate(sentences):
                upto = min(NOTES, int((place * SENTENCES + at + 1) * step + 1e-9))
                text.append(sentence + (f"[{upto}]" if upto > marked else ""))
                marked = upto
            lines.append(" ".join(text))
        lines += [f"[{at}] {self.note(number, at, date)}" for at in range(1, NOTES + 1)]
        return date, "\n\n".join(lines) + "\n"


def day_of(number):
    return LAST - datetime.timedelta(days=number)


def main():
    arguments = sys.argv[1:]
    first = 0
    if "--first" in arguments:
        at = arguments.index("--first")
        first = int(arguments[at + 1])
        del arguments[at : at + 2]
    if len(arguments) != 2:
        sys.exit(__doc__)
    count, folder = int(arguments[0]), pathlib.Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    writer = Writer(Desk(pathlib.Path(__file__).resolve().parents[2] / "desks/iran"))
    for number in range(first, first + count):
        date, text = writer.edition(number)
        (folder / f"{date}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
