/** The edition as ProseMirror holds it. Sentences are marks, so that they travel with their words when text is moved. */

import { type DOMOutputSpec, type Node, Schema } from "prosemirror-model";
import { judgementOf } from "./judgement";

const block = (tag: string, name: string, empty: string) => ({
  parseDOM: [{ tag: `${tag}[data-part="${name}"]` }],
  toDOM: (): DOMOutputSpec => [tag, { "data-part": name, class: `part-${name}`, dir: "auto", "data-empty": empty }, 0],
});

/** Attributes of everything that is a paragraph to the API. */
const paragraphAttributes = {
  id: { default: "" },
  kind: { default: "prose" },
  campaign: { default: null },
  figure: { default: null },
};

/** What a copied paragraph was: its id goes along, so that one that is cut and put in elsewhere stays itself. */
function paragraphOf({ dataset }: HTMLElement): Record<string, unknown> {
  const { kind = "prose", paragraph = "", campaign, figure } = dataset;
  return { kind: kind in EMPTY ? kind : "prose", id: paragraph, campaign: campaign || null, figure: figure || null };
}

const EMPTY: Record<string, string> = {
  prose: "Topic sentence …",
  list_item: "Item …",
  quotation: "Quotation …",
  figure: "Caption …",
};

export const schema = new Schema({
  nodes: {
    doc: {
      content: "title standing? notice* takeaway* (heading scope? para*)*",
      attrs: { citations: { default: {} } },
    },
    text: { group: "inline" },
    title: {
      content: "text*",
      marks: "",
      isolating: true,
      defining: true,
      ...block("h1", "title", "Title of the edition"),
    },
    standing: { content: "text*", marks: "", isolating: true, ...block("p", "standing", "Standing description") },
    notice: { content: "text*", marks: "", ...block("p", "notice", "Notice") },
    takeaway: {
      content: "inline*",
      attrs: { ...paragraphAttributes, announces: { default: null } },
      ...block("p", "takeaway", "Key takeaway …"),
    },
    heading: {
      content: "text*",
      marks: "",
      defining: true,
      attrs: { section: { default: null }, level: { default: 1 } },
      parseDOM: [
        { tag: "h2", attrs: { level: 1 } },
        { tag: "h3", attrs: { level: 2 } },
        { tag: "h4", attrs: { level: 3 } },
      ],
      toDOM: (node: Node): DOMOutputSpec => [
        `h${Math.min(6, Number(node.attrs.level) + 1)}`,
        { dir: "auto", "data-empty": "Title of the section" },
        0,
      ],
    },
    scope: { content: "text*", marks: "", ...block("p", "scope", "What the section covers, and why") },
    para: {
      content: "inline*",
      attrs: paragraphAttributes,
      parseDOM: [
        { tag: "p[data-kind]", getAttrs: (dom) => paragraphOf(dom as HTMLElement) },
        { tag: "li", attrs: { kind: "list_item" }, priority: 30 },
        { tag: "blockquote", attrs: { kind: "quotation" }, priority: 30 },
        { tag: "p", priority: 20 },
      ],
      toDOM: (node: Node): DOMOutputSpec => [
        "p",
        {
          "data-kind": String(node.attrs.kind),
          "data-paragraph": String(node.attrs.id),
          ...(node.attrs.campaign && { "data-campaign": String(node.attrs.campaign) }),
          ...(node.attrs.figure && { "data-figure": String(node.attrs.figure) }),
          "data-empty": EMPTY[String(node.attrs.kind)] ?? "",
          dir: "auto",
        },
        0,
      ],
    },
    citation: {
      inline: true,
      group: "inline",
      atom: true,
      draggable: true,
      marks: "_",
      attrs: { id: {} },
      parseDOM: [{ tag: "sup[data-citation]", getAttrs: (dom) => ({ id: (dom as HTMLElement).dataset.citation }) }],
      toDOM: (node: Node): DOMOutputSpec => ["sup", { "data-citation": String(node.attrs.id) }],
    },
  },
  marks: {
    // Not inclusive: what is typed behind a sentence is a new sentence until the server has looked at it.
    sentence: {
      inclusive: false,
      attrs: { id: { default: "" }, events: { default: [] }, judgement: { default: null } },
      toDOM: (mark): DOMOutputSpec => {
        const events = mark.attrs.events as string[];
        const kinds = [
          "sentence-run",
          events.length > 0 ? "sentence-with-event" : "",
          mark.attrs.judgement ? "sentence-with-judgement" : "",
        ];
        const judgement = mark.attrs.judgement ? JSON.stringify(mark.attrs.judgement) : null;
        return [
          "span",
          {
            class: kinds.join(" ").trim(),
            "data-sentence": String(mark.attrs.id),
            "data-events": events.join(" "),
            ...(judgement && { "data-judgement": judgement }),
          },
          0,
        ];
      },
      // Read again where text is cut and put in elsewhere.
      parseDOM: [
        {
          tag: "span[data-sentence]",
          getAttrs: (dom) => {
            const { sentence = "", events = "", judgement = "" } = (dom as HTMLElement).dataset;
            return {
              id: sentence,
              events: events.split(" ").filter((id) => id !== ""),
              judgement: judgementOf(judgement),
            };
          },
        },
      ],
    },
    link: {
      inclusive: false,
      attrs: { url: {} },
      parseDOM: [
        { tag: "a[href]", getAttrs: (dom) => ({ url: (dom as HTMLAnchorElement).getAttribute("href") ?? "" }) },
      ],
      // No address in the page: a draft's link is not to be followed by accident.
      toDOM: (mark): DOMOutputSpec => ["span", { class: "plain-link", title: String(mark.attrs.url) }, 0],
    },
    cross_reference: {
      inclusive: false,
      attrs: {
        edition: { default: null },
        sentence: { default: null },
        url: { default: null },
        date: { default: null },
      },
      parseDOM: [
        {
          tag: "span[data-edition]",
          getAttrs: (dom) => {
            const { edition, sentenceId, url, date } = (dom as HTMLElement).dataset;
            return { edition: edition || null, sentence: sentenceId || null, url: url || null, date: date || null };
          },
        },
      ],
      toDOM: (mark): DOMOutputSpec => {
        const { edition, sentence, url, date } = mark.attrs;
        const data = {
          "data-edition": edition ?? "",
          "data-sentence-id": sentence ?? "",
          "data-url": url ?? "",
          "data-date": date ?? "",
        };
        return ["span", { class: "cross-reference", ...data }, 0];
      },
    },
    bold: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: (): DOMOutputSpec => ["strong", 0] },
    italic: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: (): DOMOutputSpec => ["em", 0] },
  },
});

/** Whether a node is a paragraph to the API. */
export const isParagraph = (node: Node): boolean =>
  node.type === schema.nodes.para || node.type === schema.nodes.takeaway;

/** A paragraph's text without markers, as the API knows it. */
export function textOf(node: Node): string {
  return node.textBetween(0, node.content.size, "", "");
}
