/** What the writer does that asks for something first: citing, referring, marking a sentence, tying a paragraph. */
import type { Mark, MarkType } from "prosemirror-model";
import { type EditorState, NodeSelection } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import type { Catalogues } from "./catalogue";
import { blockOf } from "./commands";
import { askCrossReference, askLink } from "./cross-reference";
import type { Citation } from "./edition";
import { label, type Numerals, noteNumbers } from "./numerals";
import { askDetails } from "./paragraph-details";
import { askReferences } from "./references";
import { isParagraph, schema } from "./schema";
import { askSentence } from "./sentence-marks";
import { sentenceAt } from "./sentences";

export interface Circumstances {
  view: EditorView;
  catalogues: Catalogues;
  numerals: Numerals;
  /** Says something at the foot of the toolbar. */
  say: (words: string) => void;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A new citation's id: nothing that another one has. */
export function newCitationId(taken: Record<string, unknown>): string {
  for (;;) {
    const random = crypto.getRandomValues(new Uint8Array(12));
    const id = `c-${Array.from(random, (byte) => LETTERS[byte % LETTERS.length]).join("")}`;
    if (!(id in taken)) return id;
  }
}

const citations = (state: EditorState): Record<string, Citation> => state.doc.attrs.citations;

/** Opens the references of the citation at a position. */
export async function editCitation({ view, catalogues, numerals }: Circumstances, position: number): Promise<void> {
  const node = view.state.doc.nodeAt(position);
  if (node?.type !== schema.nodes.citation) return;
  const id = String(node.attrs.id);
  const before = citations(view.state)[id] ?? { id, references: [], label: null };
  const number = label(noteNumbers(view.state.doc).get(id) ?? 0, numerals);
  const references = await askReferences(`References of note ${number}`, before.references, catalogues);
  if (references) {
    const all = { ...citations(view.state), [id]: { ...before, references } };
    view.dispatch(view.state.tr.setDocAttribute("citations", all));
  }
  view.focus();
}

/** A new citation at the cursor: behind the end mark of the sentence it stands in, or where the cursor is. */
export async function cite(circumstances: Circumstances): Promise<void> {
  const { view, catalogues, say } = circumstances;
  const { selection } = view.state;
  if (selection instanceof NodeSelection && selection.node.type === schema.nodes.citation) {
    await editCitation(circumstances, selection.from);
    return;
  }
  if (!selection.$to.parent.inlineContent || !isParagraph(selection.$to.parent)) {
    say("Notes stand in takeaways and paragraphs.");
    return;
  }
  const references = await askReferences("A new note", [], catalogues);
  if (references && references.length > 0) {
    const id = newCitationId(citations(view.state));
    const position = view.state.selection.to;
    const tr = view.state.tr.insert(position, schema.nodes.citation.create({ id }));
    tr.setDocAttribute("citations", { ...citations(view.state), [id]: { id, references, label: null } });
    view.dispatch(tr.scrollIntoView());
  }
  view.focus();
}

/** The stretch round the cursor that has a mark of this sort, or the selection. */
function stretch(state: EditorState, type: MarkType): { from: number; to: number; mark: Mark | undefined } {
  const { from, to, $from, empty } = state.selection;
  let mark: Mark | undefined;
  state.doc.nodesBetween(from, empty ? to + 1 : to, (node) => {
    mark ??= type.isInSet(node.marks);
  });
  if (!empty || !mark) return { from, to, mark };
  let [first, last] = [from, to];
  $from.parent.forEach((node, offset) => {
    const at = $from.start() + offset;
    if (at <= from && from <= at + node.nodeSize && mark && type.isInSet(node.marks)?.eq(mark)) {
      [first, last] = [at, at + node.nodeSize];
    }
  });
  return { from: first, to: last, mark };
}

function setMark(
  view: EditorView,
  type: MarkType,
  from: number,
  to: number,
  attributes: Record<string, unknown> | null,
): void {
  const tr = view.state.tr.removeMark(from, to, type);
  if (attributes) tr.addMark(from, to, type.create(attributes));
  view.dispatch(tr);
}

/** Ties the selected words to an earlier edition. */
export async function refer({ view, catalogues, say }: Circumstances): Promise<void> {
  const { from, to, mark } = stretch(view.state, schema.marks.cross_reference);
  if (from === to) {
    say("Select the words that refer to an earlier edition first.");
    return;
  }
  const answer = await askCrossReference(mark !== undefined, catalogues);
  if (answer) setMark(view, schema.marks.cross_reference, from, to, answer === "remove" ? null : { ...answer });
  view.focus();
}

/** Makes the selected words a link. */
export async function link({ view, say }: Circumstances): Promise<void> {
  const { from, to, mark } = stretch(view.state, schema.marks.link);
  if (from === to) {
    say("Select the words of the link first.");
    return;
  }
  const url = await askLink(String(mark?.attrs.url ?? ""));
  if (url !== null) setMark(view, schema.marks.link, from, to, url === "" ? null : { url });
  view.focus();
}

/** Asks what hangs on the sentence at the cursor. */
export async function markSentence({ view, catalogues, say }: Circumstances): Promise<void> {
  const found = sentenceAt(view.state.doc, view.state.selection.from);
  if (!found) {
    say("Put the cursor into a sentence first.");
    return;
  }
  const { from, to, id, events, judgement } = found.sentence;
  const answer = await askSentence(view.state.doc.textBetween(from, to), { events, judgement }, catalogues);
  if (answer) {
    const tr = view.state.tr.removeMark(from, to, schema.marks.sentence);
    view.dispatch(tr.addMark(from, to, schema.marks.sentence.create({ id, ...answer })));
  }
  view.focus();
}

/** Asks what the paragraph at the cursor is tied to. */
export async function tieParagraph({ view, catalogues, say }: Circumstances): Promise<void> {
  const block = blockOf(view.state);
  if (!block || !isParagraph(block.node)) {
    say("Put the cursor into a paragraph or takeaway first.");
    return;
  }
  const answer = await askDetails(block.node, view.state.doc, catalogues);
  const here = blockOf(view.state);
  if (answer && here?.at === block.at) {
    const tr = view.state.tr;
    for (const [name, value] of Object.entries(answer)) tr.setNodeAttribute(block.at, name, value);
    view.dispatch(tr);
  }
  view.focus();
}
