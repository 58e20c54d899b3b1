/** Live note labels, and the topic sentence in strong type. */
import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView, type NodeView } from "prosemirror-view";
import { label, type Numerals, noteNumbers } from "./numerals";
import { schema } from "./schema";
import { sentencesOf } from "./sentences";

// Nodes are never changed in place, so what was worked out for one holds as long as it lives.
const topics = new WeakMap<Node, [number, number] | null>();

function topicOf(node: Node): [number, number] | null {
  const known = topics.get(node);
  if (known !== undefined) return known;
  const first = sentencesOf(node, 0)[0];
  const range: [number, number] | null = first ? [first.from, first.to] : null;
  topics.set(node, range);
  return range;
}

function decorations(doc: Node, numerals: Numerals): DecorationSet {
  const found: Decoration[] = [];
  const numbers = noteNumbers(doc);
  doc.descendants((node, at) => {
    if (node.type === schema.nodes.citation) {
      const text = label(numbers.get(String(node.attrs.id)) ?? 0, numerals);
      found.push(Decoration.node(at, at + 1, {}, { label: text }));
    }
    const isProse = node.type === schema.nodes.para && node.attrs.kind === "prose";
    const topic = isProse ? topicOf(node) : null;
    if (topic) found.push(Decoration.inline(at + topic[0], at + topic[1], { class: "topic" }));
  });
  return DecorationSet.create(doc, found);
}

/** Keeps labels and topic sentences as the text is now. */
export function numbering(numerals: Numerals): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    state: {
      init: (_, { doc }) => decorations(doc, numerals),
      apply: (tr, before) => (tr.docChanged ? decorations(tr.doc, numerals) : before),
    },
    props: {
      decorations(state) {
        return this.getState(state);
      },
    },
  });
}

/** A citation in the text: its label, and a press that opens its references. */
export class CitationView implements NodeView {
  readonly dom: HTMLElement;

  constructor(
    readonly node: Node,
    view: EditorView,
    getPos: () => number | undefined,
    given: readonly Decoration[],
    open: (position: number) => void,
  ) {
    this.dom = document.createElement("sup");
    this.dom.className = "note-mark";
    this.dom.dataset.citation = String(node.attrs.id);
    this.dom.contentEditable = "false";
    this.#label(given);
    this.dom.addEventListener("click", () => {
      const position = getPos();
      if (position !== undefined && view.editable) open(position);
    });
  }

  #label(given: readonly Decoration[]): void {
    const text = given.map(({ spec }) => spec.label).find((entry) => typeof entry === "string") ?? "?";
    if (this.dom.textContent === text) return;
    this.dom.textContent = text;
    this.dom.title = `Note ${text}: press to edit its references`;
  }

  update(node: Node, given: readonly Decoration[]): boolean {
    if (node.type !== schema.nodes.citation || node.attrs.id !== this.node.attrs.id) return false;
    this.#label(given);
    return true;
  }

  ignoreMutation(): boolean {
    return true;
  }
}
