import { EditorState, TextSelection } from "prosemirror-state";
import { expect, test } from "vitest";
import { adopt } from "./adopting";
import { codePoint, length, unit } from "./code-points";
import { addSection, addTakeaway, backspace, deleteForward, dissolveHeading, enter, move } from "./commands";
import { differences } from "./differences";
import type { Edition, Paragraph } from "./edition";
import { judgementOf } from "./judgement";
import { label, noteNumbers } from "./numerals";
import { read } from "./reading";
import { schema } from "./schema";
import { guess, sentenceAt, sentencesOf } from "./sentences";
import { write } from "./writing";

const document = (id: string) => ({
  to: "document" as const,
  document: id,
  passage: null,
  printed: null,
  defanged: null,
});
const citation = (id: string) => ({ id, references: [document(`d-${id}`)], label: null });
const prose = (id: string, text: string, more: Partial<Paragraph> = {}): Paragraph => ({
  id,
  kind: "prose",
  text,
  sentences: [],
  ...more,
});

function sample(): Edition {
  return {
    id: "iran/2026-11-20",
    desk: "iran",
    slug: "2026-11-20",
    title: "Example Update, November 20, 2026",
    date: "2026-11-20",
    cutoff: "2026-11-20T19:00:00Z",
    authors: ["N. Example"],
    standing: "What this is.",
    notices: ["No update tomorrow."],
    takeaways: [
      { ...prose("p-t1", "Trains stand still.", { sentences: [{ id: "t-0", start: 0, end: 19 }] }), announces: "p-1" },
    ],
    sections: [
      {
        section: "levant",
        title: "Levant",
        level: 1,
        scope: "Covers the coast.",
        paragraphs: [
          prose("p-1", "Trains 🚂 stand still. A second one follows.", {
            sentences: [
              { id: "t-1", start: 0, end: 21, events: ["ev-1", "ev-2"] },
              { id: "t-2", start: 22, end: 43, judgement: { assessment: "as-1", step: "made" } },
            ],
            marks: [
              { start: 7, end: 14, is: "bold" },
              {
                start: 22,
                end: 30,
                is: "cross_reference",
                edition: "iran/x",
                sentence: null,
                url: null,
                date: "2026-11-01",
              },
            ],
            citations: [
              { offset: 21, citation: "c-b" },
              { offset: 21, citation: "c-a" },
              { offset: 43, citation: "c-b" },
            ],
            campaign: "land-bridge",
          }),
          prose("p-2", "A caption", {
            kind: "figure",
            figure: "/figures/1.png",
            sentences: [{ id: "t-3", start: 0, end: 9 }],
          }),
        ],
      },
      { section: null, title: "Beneath", level: 2, scope: null, paragraphs: [prose("p-3", "خبر اول. خبر دوم.")] },
    ],
    citations: [citation("c-b"), citation("c-a")],
    state: "drafting",
    published: null,
    corrections: [],
    origin_url: null,
  };
}

const stateOf = (edition: Edition): EditorState => EditorState.create({ doc: read(edition) });

/** A state with the cursor before (or, with `end`, behind) the words. */
function at(state: EditorState, words: string, end = false): EditorState {
  let found = -1;
  state.doc.descendants((node, position) => {
    const offset = node.isText ? (node.text ?? "").indexOf(words) : -1;
    if (found === -1 && offset >= 0) found = position + offset + (end ? words.length : 0);
  });
  if (found === -1) throw new Error(`no ${words}`);
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, found)));
}

function run(state: EditorState, command: typeof enter): EditorState {
  let after = state;
  command(state, (tr) => {
    after = state.apply(tr);
  });
  after.doc.check();
  return after;
}

test("an edition that is read and written is the same, offsets in code points and all", () => {
  expect(write(read(sample()), sample())).toEqual(sample());
});

test("an edition without anything can be written in, and comes back without anything", () => {
  const empty = { ...sample(), standing: null, notices: [], takeaways: [], sections: [], citations: [] };
  expect(write(read(empty), empty)).toEqual(empty);
});

test("code points and UTF-16 units are told apart", () => {
  expect(length("a🚂b")).toBe(3);
  expect(unit("a🚂b", 2)).toBe(3);
  expect(codePoint("a🚂b", 3)).toBe(2);
});

test("notes are numbered by first appearance, takeaways first", () => {
  expect([...noteNumbers(read(sample()))]).toEqual([
    ["c-b", 1],
    ["c-a", 2],
  ]);
  expect([1, 4, 9, 14, 40, 1994].map((number) => label(number, "roman"))).toEqual([
    "i",
    "iv",
    "ix",
    "xiv",
    "xl",
    "mcmxciv",
  ]);
  expect(label(4, "arabic")).toBe("4");
});

test("the same references cited twice in a row share a number, as in print, and every citation is still sent", () => {
  const cites = (...names: string[]): Edition => {
    const citations = names.map((name, index) => ({ ...citation(name), id: `c-${index}` }));
    const marks = citations.map(({ id }) => ({ offset: 5, citation: id }));
    const sections = [
      { section: null, title: "A", level: 1, scope: null, paragraphs: [prose("p-1", "Words", { citations: marks })] },
    ];
    return { ...sample(), takeaways: [], sections, citations };
  };
  const numbers = (edition: Edition): number[] => [...noteNumbers(read(edition)).values()];
  expect(numbers(cites("x", "x", "y", "y"))).toEqual([1, 1, 2, 2]);
  expect(numbers(cites("x", "y", "x"))).toEqual([1, 2, 3]);
  expect(write(read(cites("x", "x")), cites("x", "x"))).toEqual(cites("x", "x"));
  const [first, second] = cites("x", "x").citations;
  const reordered = second?.references.map(({ printed, defanged, ...target }) => ({ defanged, printed, ...target }));
  expect(numbers({ ...cites("x", "x"), citations: [first, { ...second, references: reordered }] as never })).toEqual([
    1, 1,
  ]);
  const empty = cites("x", "y");
  expect(numbers({ ...empty, citations: empty.citations.map((one) => ({ ...one, references: [] })) })).toEqual([1, 2]);
  // A note that is named again between two equal ones parts them.
  const again = cites("x", "y", "y");
  again.sections[0]?.paragraphs[0]?.citations?.splice(2, 0, { offset: 5, citation: "c-0" });
  expect(numbers(again)).toEqual([1, 2, 3]);
});

test("a citation that no marker names any more is not sent", () => {
  const state = at(stateOf(sample()), "A second");
  const position = state.selection.from;
  const before = state.doc.nodeAt(position - 2);
  expect(before?.type).toBe(schema.nodes.citation);
  const after = state.apply(state.tr.delete(position - 2, position - 1));
  expect(write(after.doc, sample()).citations.map(({ id }) => id)).toEqual(["c-b"]);
});

test("a split paragraph keeps its id on its first part, and each sentence its own", () => {
  const after = write(run(at(stateOf(sample()), "A second"), enter).doc, sample());
  const [first, second] = after.sections[0]?.paragraphs ?? [];
  expect(first?.id).toBe("p-1");
  expect(second?.id).toBe("");
  expect(second?.text).toBe("A second one follows.");
  expect(second?.sentences).toEqual([
    { id: "t-2", start: 0, end: 21, judgement: { assessment: "as-1", step: "made" } },
  ]);
  expect(second?.citations).toEqual([{ offset: 21, citation: "c-b" }]);
});

test("Enter at the beginning of a paragraph leaves the id with its words", () => {
  const there = run(at(stateOf(sample()), "A caption"), enter);
  const ids = write(there.doc, sample()).sections[0]?.paragraphs.map(({ id }) => id);
  expect(ids).toEqual(["p-1", "p-2"]);
});

test("a copy of a paragraph has no id, the first one keeps it", () => {
  const state = stateOf(sample());
  let copied = state;
  state.doc.forEach((node, offset) => {
    if (node.attrs.id === "p-1") copied = state.apply(state.tr.insert(offset + node.nodeSize, node));
  });
  const paragraphs = write(copied.doc, sample()).sections[0]?.paragraphs ?? [];
  expect(paragraphs.map(({ id }) => id)).toEqual(["p-1", "", "p-2"]);
  expect(paragraphs[1]?.sentences.map(({ id }) => id)).toEqual(["", ""]);
});

test("Backspace and Delete never run a paragraph into a heading", () => {
  for (const [command, words, end] of [
    [backspace, "خبر اول", false],
    [backspace, "Levant", false],
    [deleteForward, "Beneath", true],
    [deleteForward, "A caption", true],
  ] as const) {
    expect(write(run(at(stateOf(sample()), words, end), command).doc, sample())).toEqual(sample());
  }
});

test("two paragraphs that are joined have all their words and notes, and the first one's id", () => {
  const two = sample();
  two.sections[1]?.paragraphs.push(prose("p-4", "More.", { citations: [{ offset: 5, citation: "c-a" }] }));
  const joined = write(run(at(stateOf(two), "More."), backspace).doc, two).sections[1]?.paragraphs ?? [];
  expect(joined).toHaveLength(1);
  expect(joined[0]?.id).toBe("p-3");
  expect(joined[0]?.text).toBe("خبر اول. خبر دوم.More.");
  expect(joined[0]?.citations).toEqual([{ offset: 22, citation: "c-a" }]);
});

test("a section, a takeaway can be added, a heading dissolved", () => {
  const state = run(at(stateOf(sample()), "A caption", true), addSection(1));
  const named = state.apply(state.tr.insertText("New part"));
  const typed = named.apply(named.tr.insertText("Words.", named.selection.to + 2));
  expect(write(typed.doc, sample()).sections.map(({ title }) => title)).toEqual(["Levant", "New part", "Beneath"]);
  const more = run(at(stateOf(sample()), "Trains stand"), addTakeaway);
  expect(write(more.apply(more.tr.insertText("Next.")).doc, sample()).takeaways.map(({ text }) => text)).toEqual([
    "Trains stand still.",
    "Next.",
  ]);
  const dissolved = write(run(at(stateOf(sample()), "Beneath"), dissolveHeading).doc, sample());
  expect(dissolved.sections).toHaveLength(1);
  expect(dissolved.sections[0]?.paragraphs.map(({ text }) => text)).toEqual([
    "Trains 🚂 stand still. A second one follows.",
    "A caption",
    "Beneath",
    "خبر اول. خبر دوم.",
  ]);
  expect(dissolveHeading(at(stateOf(sample()), "Levant"))).toBe(false);
});

test("a paragraph moves past its neighbour and stays itself", () => {
  const ids = write(run(at(stateOf(sample()), "A caption"), move(-1)).doc, sample()).sections[0]?.paragraphs.map(
    ({ id }) => id,
  );
  expect(ids).toEqual(["p-2", "p-1"]);
});

test("after a save, ids and sentences are taken over where the words are still those that were sent", () => {
  const state = run(at(stateOf(sample()), "A caption", true), addSection(1));
  const titled = state.apply(state.tr.insertText("New"));
  const written = titled.apply(titled.tr.insertText("One here. Two here.", titled.selection.to + 2));
  const sent = written.doc;
  const answer = write(sent, sample());
  const fresh = answer.sections[1]?.paragraphs[0];
  if (!fresh) throw new Error("no paragraph");
  fresh.id = "p-new";
  fresh.sentences = [
    { id: "t-n1", start: 0, end: 9 },
    { id: "t-n2", start: 10, end: 19 },
  ];
  const tr = adopt(written, sent, answer);
  if (!tr) throw new Error("nothing taken");
  const taken = write(written.apply(tr).doc, sample());
  expect(taken.sections[1]?.paragraphs[0]).toEqual(fresh);
  expect(taken.sections[0]).toEqual(sample().sections[0]);
  expect(adopt(written.apply(tr), written.apply(tr).doc, taken)).toBeNull();

  const goneOn = written.apply(written.tr.insertText("!", at(written, "One here").selection.from));
  expect(adopt(goneOn, sent, answer)).toBeNull();
});

test("typing behind a sentence begins a new one, typing within it doesn't", () => {
  const state = stateOf(sample());
  const behind = at(state, "still.", true);
  const typed = behind.apply(behind.tr.insertText(" Quickly."));
  expect(write(typed.doc, sample()).takeaways[0]?.sentences).toEqual([{ id: "t-0", start: 0, end: 19 }]);
  const within = at(state, "stand still.");
  const changed = within.apply(within.tr.insertText("all "));
  expect(write(changed.doc, sample()).takeaways[0]?.sentences).toEqual([{ id: "t-0", start: 0, end: 23 }]);
});

test("until the server has split a text, sentences are guessed", () => {
  const split = (text: string): string[] => guess(text).map(([from, to]) => text.slice(from, to));
  expect(split("One. Two? “Three.” Four")).toEqual(["One.", "Two?", "“Three.”", "Four"]);
  expect(split("Maj. Gen. A. Example met Dr. Other. Then he left.")).toEqual([
    "Maj. Gen. A. Example met Dr. Other.",
    "Then he left.",
  ]);
  expect(split("خبر اول. خبر دوم؟ سوم")).toEqual(["خبر اول.", "خبر دوم؟", "سوم"]);
  expect(split("  ")).toEqual([]);
});

test("the sentence at the cursor is found past citations", () => {
  const state = at(stateOf(sample()), "second");
  const found = sentenceAt(state.doc, state.selection.from);
  expect(found?.sentence.id).toBe("t-2");
  const all = found ? sentencesOf(found.paragraph, found.at) : [];
  expect(all.map(({ id }) => id)).toEqual(["t-1", "t-2"]);
});

test("two texts are compared by paragraph", () => {
  const theirs = sample();
  const [first] = theirs.sections[0]?.paragraphs ?? [];
  if (first) first.text = "Trains run again.";
  theirs.sections[1]?.paragraphs.push(prose("p-9", "Theirs alone."));
  const mine = sample();
  mine.sections[1]?.paragraphs.push(prose("", "Mine alone."));
  expect(differences(mine, theirs).map(({ kind }) => kind)).toEqual(["reworded", "added", "dropped"]);
  expect(differences(mine, sample()).map(({ mine: words }) => words)).toEqual(["Mine alone."]);
});

test("a judgement on the clipboard is read without trust", () => {
  expect(judgementOf('{"assessment":"as-1","step":"made"}')).toEqual({ assessment: "as-1", step: "made" });
  expect(judgementOf('{"assessment":"as-1","step":"guessed"}')).toBeNull();
  expect(judgementOf("{")).toBeNull();
});
