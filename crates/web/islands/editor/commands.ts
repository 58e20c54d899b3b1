/** What keys and buttons do to the text. None of them drops words, citations or ids by the way. */
import { chainCommands, deleteSelection, selectNodeBackward, splitBlockAs } from "prosemirror-commands";
import type { Node } from "prosemirror-model";
import { type Command, type EditorState, TextSelection } from "prosemirror-state";
import { isParagraph, schema } from "./schema";

const { heading, para, scope, takeaway } = schema.nodes;

interface Block {
  node: Node;
  at: number;
  before: Node | null;
  after: Node | null;
}

/** The block that the cursor is in. */
export function blockOf(state: EditorState): Block | null {
  const { $from } = state.selection;
  if ($from.depth < 1) return null;
  const index = $from.index(0);
  const { doc } = state;
  return {
    node: $from.node(1),
    at: $from.before(1),
    before: index > 0 ? doc.child(index - 1) : null,
    after: index + 1 < doc.childCount ? doc.child(index + 1) : null,
  };
}

/** Behind a heading, scope, title …: on to the next block, or into a new paragraph. */
const enterElsewhere: Command = (state, dispatch) => {
  const block = blockOf(state);
  if (!block || isParagraph(block.node)) return false;
  const end = block.at + block.node.nodeSize;
  const isInSection = block.node.type === heading || block.node.type === scope;
  const goesOn = block.after && (block.after.type !== heading || !isInSection);
  const isEmptyNext = block.after?.content.size === 0 || block.after?.type === scope;
  if (!dispatch) return true;
  if (goesOn && (isEmptyNext || !isInSection)) {
    dispatch(state.tr.setSelection(TextSelection.create(state.doc, end + 1)).scrollIntoView());
    return true;
  }
  if (!isInSection) return true;
  const tr = state.tr.insert(end, para.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView());
  return true;
};

/** At the beginning of a paragraph: an empty one before it, so that the words keep their paragraph's id. */
const enterAtStart: Command = (state, dispatch) => {
  const block = blockOf(state);
  const { empty, $from } = state.selection;
  if (!block || !empty || !isParagraph(block.node) || $from.parentOffset > 0 || block.node.content.size === 0)
    return false;
  dispatch?.(state.tr.insert(block.at, block.node.type.create({ kind: block.node.attrs.kind })).scrollIntoView());
  return true;
};

const split = splitBlockAs((node) => {
  if (!isParagraph(node)) return null;
  const kind = node.attrs.kind === "figure" ? "prose" : node.attrs.kind;
  const attrs = { ...node.attrs, kind, id: "", figure: null };
  return { type: node.type, attrs: node.type === takeaway ? { ...attrs, announces: null } : attrs };
});

/** Enter: paragraphs are split, everything else is left for the next block. */
export const enter: Command = chainCommands(enterElsewhere, enterAtStart, split);

/** Whether two blocks may be run into one. */
const joins = (first: Node | null, second: Node | null): boolean =>
  first !== null && second !== null && isParagraph(first) && first.type === second.type;

/** Whether a block may go. */
function isDispensable(state: EditorState, { node, at }: Block): boolean {
  if (node.content.size > 0 || node.attrs.figure) return false;
  const index = state.doc.resolve(at).index();
  return state.doc.canReplace(index, index + 1);
}

function join(state: EditorState, dispatch: Parameters<Command>[1], at: number, first: Node, second: Node): boolean {
  if (!dispatch) return true;
  const tr = state.tr.join(at);
  // The words of an empty paragraph's successor keep their own id.
  if (first.content.size === 0) tr.setNodeMarkup(at - first.nodeSize, second.type, second.attrs);
  dispatch(tr.scrollIntoView());
  return true;
}

/** Backspace at the beginning of a block. */
const backwards: Command = (state, dispatch) => {
  const { empty, $from } = state.selection;
  const block = blockOf(state);
  if (!empty || !block || $from.parentOffset > 0) return false;
  if (block.before && joins(block.before, block.node)) return join(state, dispatch, block.at, block.before, block.node);
  if (isDispensable(state, block) && dispatch) {
    const tr = state.tr.delete(block.at, block.at + block.node.nodeSize);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(block.at), -1)).scrollIntoView());
  }
  return true;
};

/** Delete at the end of a block. */
const forwards: Command = (state, dispatch) => {
  const { empty, $from } = state.selection;
  const block = blockOf(state);
  if (!empty || !block || $from.parentOffset < $from.parent.content.size) return false;
  const end = block.at + block.node.nodeSize;
  if (block.after && joins(block.node, block.after)) return join(state, dispatch, end, block.node, block.after);
  return true;
};

export const backspace: Command = chainCommands(deleteSelection, backwards, selectNodeBackward);
export const deleteForward: Command = chainCommands(deleteSelection, forwards);

/** A new section (or subsection) behind the block with the cursor; its heading waits to be written. */
export function addSection(level: number): Command {
  return (state, dispatch) => {
    const block = blockOf(state);
    if (!block) return false;
    let at = block.at + block.node.nodeSize;
    let next = state.doc.nodeAt(at);
    while (next && next.type !== heading && next.type !== para) {
      at += next.nodeSize;
      next = state.doc.nodeAt(at);
    }
    if (!dispatch) return true;
    const tr = state.tr.insert(at, [heading.create({ level }), para.create()]);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
    return true;
  };
}

/** One more takeaway behind the others, or behind the one with the cursor. */
export const addTakeaway: Command = (state, dispatch) => {
  let at = 0;
  const { $from } = state.selection;
  state.doc.forEach((node, offset) => {
    if (node.type !== heading && node.type !== scope && node.type !== para) at = offset + node.nodeSize;
  });
  if ($from.depth > 0 && $from.node(1).type === takeaway) at = $from.after(1);
  if (!dispatch) return true;
  const tr = state.tr.insert(at, takeaway.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
};

/** Gives the section a scope statement, if it has none. */
export const addScope: Command = (state, dispatch) => {
  const block = blockOf(state);
  if (!block || block.node.type !== heading || block.after?.type === scope) return false;
  if (!dispatch) return true;
  const at = block.at + block.node.nodeSize;
  const tr = state.tr.insert(at, scope.create());
  dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
};

/** Makes the heading (and its scope) paragraphs of the section before it. */
export const dissolveHeading: Command = (state, dispatch) => {
  const block = blockOf(state);
  if (!block || block.node.type !== heading || (block.before?.type !== para && block.before?.type !== heading))
    return false;
  const hasScope = block.after?.type === scope;
  const end = block.at + block.node.nodeSize + (hasScope && block.after ? block.after.nodeSize : 0);
  const parts = [block.node, ...(hasScope && block.after ? [block.after] : [])].filter((node) => node.content.size > 0);
  dispatch?.(
    state.tr
      .replaceWith(
        block.at,
        end,
        parts.map((node) => para.create(null, node.content)),
      )
      .scrollIntoView(),
  );
  return true;
};

/** Makes the paragraph another kind: prose, list item, quotation, figure. */
export function setKind(kind: string): Command {
  return (state, dispatch) => {
    const block = blockOf(state);
    if (!block || block.node.type !== para) return false;
    dispatch?.(state.tr.setNodeAttribute(block.at, "kind", kind));
    return true;
  };
}

/** Moves a paragraph past its neighbour of the same sort. */
export function move(by: -1 | 1): Command {
  return (state, dispatch) => {
    const block = blockOf(state);
    if (!block || !isParagraph(block.node)) return false;
    const other = by === -1 ? block.before : block.after;
    if (!other || other.type !== block.node.type) return false;
    if (!dispatch) return true;
    const cursor = state.selection.from - block.at;
    const tr = state.tr.delete(block.at, block.at + block.node.nodeSize);
    const target = by === -1 ? block.at - other.nodeSize : block.at + other.nodeSize;
    tr.insert(target, block.node);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, target + cursor)).scrollIntoView());
    return true;
  };
}
