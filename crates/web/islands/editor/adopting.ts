/** After a save: ids and sentences as the server made them, for every paragraph whose words are still those that were sent. */
import type { Node } from "prosemirror-model";
import type { EditorState, Transaction } from "prosemirror-state";
import { unit } from "./code-points";
import type { Edition, Paragraph } from "./edition";
import { sentenceMark } from "./reading";
import { isParagraph, schema, textOf } from "./schema";
import { positionOf } from "./sentences";

/** The paragraph of the sent document that each one was, told by place and words. */
function paragraphsOf(edition: Edition): Paragraph[] {
  return [...edition.takeaways, ...edition.sections.flatMap(({ paragraphs }) => paragraphs)];
}

/** Paragraph nodes that were sent, in order. */
export function sentParagraphs(doc: Node): Node[] {
  const found: Node[] = [];
  doc.forEach((node) => {
    if (isParagraph(node) && !(node.content.size === 0 && !node.attrs.figure)) found.push(node);
  });
  return found;
}

function markSentences(tr: Transaction, node: Node, at: number, paragraph: Paragraph): void {
  const { sentence } = schema.marks;
  tr.removeMark(at + 1, at + 1 + node.content.size, sentence);
  for (const one of paragraph.sentences) {
    const from = positionOf(node, at, unit(paragraph.text, one.start), true);
    const to = positionOf(node, at, unit(paragraph.text, one.end), false);
    if (to > from) tr.addMark(from, to, sentenceMark(one));
  }
}

function same(node: Node, paragraph: Paragraph): boolean {
  let known = 0;
  let equal = true;
  const runs = new Map<string, string>();
  node.forEach((child) => {
    const mark = child.isText ? sentenceOf(child) : undefined;
    if (!mark) return;
    runs.set(String(mark.attrs.id), (runs.get(String(mark.attrs.id)) ?? "") + (child.text ?? ""));
  });
  for (const one of paragraph.sentences) {
    const words = paragraph.text.slice(unit(paragraph.text, one.start), unit(paragraph.text, one.end));
    known += 1;
    if (runs.get(one.id) !== words) equal = false;
  }
  return equal && known === runs.size && node.attrs.id === paragraph.id;
}

const sentenceOf = (node: Node) => schema.marks.sentence.isInSet(node.marks);

/**
 * A transaction that takes over what the server answered; `null` where there is nothing to take. It is no step of the
 * undo history, and touches no paragraph that was written in since `sent`.
 */
export function adopt(state: EditorState, sent: Node, answer: Edition): Transaction | null {
  const wanted = new Map<Node, Paragraph>();
  const paragraphs = paragraphsOf(answer);
  const nodes = sentParagraphs(sent);
  if (nodes.length !== paragraphs.length) return null;
  nodes.forEach((node, index) => {
    const paragraph = paragraphs[index];
    if (paragraph && textOf(node) === paragraph.text) wanted.set(node, paragraph);
  });
  const tr = state.tr.setMeta("addToHistory", false).setMeta("adopted", true);
  state.doc.forEach((node, at) => {
    // ProseMirror keeps a node as it is while nothing in it changes, so the same object means the same words.
    const paragraph = wanted.get(node);
    if (!paragraph || same(node, paragraph)) return;
    if (node.attrs.id !== paragraph.id) tr.setNodeAttribute(at, "id", paragraph.id);
    markSentences(tr, node, at, paragraph);
  });
  return tr.docChanged ? tr : null;
}
