/** Where sentences lie in the edited text: as the server split them where it has, else a first guess. */
import type { Mark, Node } from "prosemirror-model";
import type { Judgement } from "./edition";
import { isParagraph, schema } from "./schema";

/** A sentence within a document, by positions. */
export interface Placed {
  from: number;
  to: number;
  id: string;
  events: string[];
  judgement: Judgement | null;
}

// A guess for the seconds until the server has split the text: an end mark, perhaps a closing quote, a space, and then
// something that begins a sentence. Titles and initials don't end one.
const END =
  /(?<!\b(?:Gen|Maj|Col|Lt|Brig|Capt|Cdr|Dr|Mr|Mrs|Ms|St|U\.S|U\.N|no|No|\p{Lu}))[.!?؟۔…]+["”’»)\]]*\s+(?=["“‘«(]?[\p{Lu}\p{Lo}\p{N}])/gu;

/** Starts and ends of the sentences of a text, in UTF-16 units. */
export function guess(text: string): [number, number][] {
  const found: [number, number][] = [];
  let start = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].trimEnd().length;
    found.push([start, end]);
    start = match.index + match[0].length;
  }
  const end = text.trimEnd().length;
  if (end > start) found.push([start, end]);
  return found;
}

interface Piece {
  /** Start in the paragraph's plain text, and in the document. */
  unit: number;
  position: number;
  size: number;
}

/** Document positions of offsets of the plain text: text nodes lie between citations. */
function pieces(node: Node, at: number): Piece[] {
  const found: Piece[] = [];
  let unit = 0;
  node.forEach((child, offset) => {
    if (!child.isText) return;
    found.push({ unit, position: at + 1 + offset, size: child.nodeSize });
    unit += child.nodeSize;
  });
  return found;
}

/** The document position of a UTF-16 offset in a paragraph's plain text; `after` a citation that stands there, or before. */
export function positionOf(node: Node, at: number, unit: number, after: boolean): number {
  const all = pieces(node, at);
  const holds = ({ unit: start, size }: Piece): boolean =>
    after ? unit >= start && unit < start + size : unit > start && unit <= start + size;
  const piece = all.find(holds) ?? (after ? all.at(-1) : all[0]);
  return piece ? piece.position + Math.max(0, Math.min(piece.size, unit - piece.unit)) : at + 1;
}

/** The sentences of a paragraph at a position. */
export function sentencesOf(node: Node, at: number): Placed[] {
  const placed: Placed[] = [];
  let [last, end, units]: [Mark | null, number, number] = [null, -1, 0];
  node.forEach((child, offset) => {
    if (!child.isText) return;
    const mark = schema.marks.sentence.isInSet(child.marks);
    const [from, to] = [at + 1 + offset, at + 1 + offset + child.nodeSize];
    const run = placed.at(-1);
    // A citation within a sentence parts its text nodes, not the sentence.
    if (mark && run && last?.eq(mark) && end === units) run.to = to;
    else if (mark)
      placed.push({ from, to, id: mark.attrs.id, events: mark.attrs.events, judgement: mark.attrs.judgement });
    units += child.nodeSize;
    if (mark) [last, end] = [mark, units];
  });
  for (const [start, end] of guess(node.textBetween(0, node.content.size, "", ""))) {
    const from = positionOf(node, at, start, true);
    const to = positionOf(node, at, end, false);
    if (!placed.some((known) => known.from < to && from < known.to)) {
      placed.push({ from, to, id: "", events: [], judgement: null });
    }
  }
  return placed.sort((a, b) => a.from - b.from);
}

/** The sentence at a position of the document, and the paragraph round it. */
export function sentenceAt(doc: Node, position: number): { paragraph: Node; at: number; sentence: Placed } | null {
  const resolved = doc.resolve(position);
  const paragraph = resolved.parent;
  if (!isParagraph(paragraph)) return null;
  const at = resolved.before();
  const all = sentencesOf(paragraph, at);
  const sentence =
    all.find(({ from, to }) => from <= position && position <= to) ?? all.findLast(({ to }) => to <= position);
  return sentence ? { paragraph, at, sentence } : null;
}
