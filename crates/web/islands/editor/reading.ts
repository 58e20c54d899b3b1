/** From the API's edition to the document that is edited. */
import type { Mark, Node } from "prosemirror-model";
import { length, unit } from "./code-points";
import type { Edition, Paragraph, Sentence, TextMark } from "./edition";
import { schema } from "./schema";

const plain = (text: string): Node[] => (text === "" ? [] : [schema.text(text)]);

/** The mark of a sentence. */
export function sentenceMark(sentence: Sentence): Mark {
  const { id, events = [], judgement = null } = sentence;
  return schema.marks.sentence.create({ id, events, judgement });
}

function textMark(mark: TextMark): Mark {
  const { start: _start, end: _end, is, ...attributes } = mark;
  return schema.marks[is].create(attributes);
}

/** The inline content of a paragraph: stretches of text between every edge, with citations at their offsets. */
export function inline(paragraph: Paragraph): Node[] {
  const { text, sentences = [], marks = [], citations = [] } = paragraph;
  const total = length(text);
  const within = (offset: number): number => Math.max(0, Math.min(total, offset));
  const ranges = [
    ...sentences.map((sentence) => ({ start: sentence.start, end: sentence.end, mark: sentenceMark(sentence) })),
    ...marks.map((mark) => ({ start: mark.start, end: mark.end, mark: textMark(mark) })),
  ];
  const edges = new Set([0, total, ...citations.map(({ offset }) => within(offset))]);
  for (const { start, end } of ranges) {
    edges.add(within(start));
    edges.add(within(end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const nodes: Node[] = [];
  sorted.forEach((from, index) => {
    for (const { offset, citation } of citations) {
      if (within(offset) !== from) continue;
      // A marker behind a sentence belongs to it, so it carries its mark and moves with it.
      const around = sentences.find((sentence) => sentence.start < from && from <= sentence.end);
      nodes.push(schema.nodes.citation.create({ id: citation }, null, around ? [sentenceMark(around)] : []));
    }
    const to = sorted[index + 1];
    if (to === undefined) return;
    const here = ranges.filter(({ start, end }) => start <= from && to <= end).map(({ mark }) => mark);
    const set = here.reduce<readonly Mark[]>((all, mark) => mark.addToSet(all), []);
    nodes.push(schema.text(text.slice(unit(text, from), unit(text, to)), set));
  });
  return nodes;
}

function attributesOf(paragraph: Paragraph): Record<string, unknown> {
  const { id, kind = "prose", campaign = null, figure = null } = paragraph;
  return { id, kind, campaign, figure };
}

/** The document of an edition. */
export function read(edition: Edition): Node {
  const { title, standing, notices = [], takeaways = [], sections = [], citations = [] } = edition;
  const { nodes } = schema;
  const content: Node[] = [nodes.title.create(null, plain(title))];
  if (standing !== null && standing !== undefined) content.push(nodes.standing.create(null, plain(standing)));
  for (const notice of notices) content.push(nodes.notice.create(null, plain(notice)));
  for (const takeaway of takeaways) {
    content.push(
      nodes.takeaway.create({ ...attributesOf(takeaway), announces: takeaway.announces ?? null }, inline(takeaway)),
    );
  }
  if (takeaways.length === 0) content.push(nodes.takeaway.create());
  for (const section of sections) {
    content.push(
      nodes.heading.create({ section: section.section ?? null, level: section.level }, plain(section.title)),
    );
    if (section.scope !== null && section.scope !== undefined)
      content.push(nodes.scope.create(null, plain(section.scope)));
    for (const paragraph of section.paragraphs)
      content.push(nodes.para.create(attributesOf(paragraph), inline(paragraph)));
    if (section.paragraphs.length === 0) content.push(nodes.para.create());
  }
  const kept = Object.fromEntries(citations.map((citation) => [citation.id, citation]));
  const doc = nodes.doc.create({ citations: kept }, content);
  doc.check();
  return doc;
}
