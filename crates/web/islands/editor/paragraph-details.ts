/** What a paragraph is tied to: the paragraph a takeaway announces, the campaign it follows, a figure's picture. */
import type { Node } from "prosemirror-model";
import { button, el } from "../dom";
import type { Catalogues } from "./catalogue";
import { ask, field } from "./dialog";
import { schema } from "./schema";
import { sentencesOf } from "./sentences";

/** The attributes that may change. */
export type Details = Partial<Record<"announces" | "campaign" | "figure", string | null>>;

function announced(doc: Node, before: string | null): HTMLSelectElement {
  const select = el("select", {}, el("option", { value: "" }, "none"));
  doc.forEach((node) => {
    if (node.type !== schema.nodes.para || node.attrs.id === "") return;
    const first = sentencesOf(node, 0)[0];
    const words = first ? node.textBetween(first.from - 1, first.to - 1) : node.textContent;
    select.append(el("option", { value: node.attrs.id, selected: node.attrs.id === before }, words.slice(0, 110)));
  });
  return select;
}

function campaigns(before: string | null, catalogues: Catalogues): HTMLSelectElement {
  const select = el("select", {}, el("option", { value: "" }, "none"));
  if (before) select.append(el("option", { value: before, selected: true }, before));
  void catalogues.campaigns.search("").then(
    (items) => {
      for (const { id, title } of items) {
        const known = [...select.options].find((option) => option.value === id);
        if (known) known.textContent = title;
        else select.append(el("option", { value: id }, title));
      }
    },
    () => undefined,
  );
  return select;
}

/** Asks for a paragraph's ties. */
export function askDetails(node: Node, doc: Node, catalogues: Catalogues): Promise<Details | null> {
  const fields: [keyof Details, HTMLSelectElement | HTMLInputElement, HTMLElement][] = [];
  const add = (
    name: keyof Details,
    input: HTMLSelectElement | HTMLInputElement,
    label: string,
    hint?: string,
  ): void => {
    fields.push([name, input, field(label, input, hint)]);
  };
  if (node.type === schema.nodes.takeaway) {
    add(
      "announces",
      announced(doc, node.attrs.announces),
      "Announces the paragraph",
      "A new paragraph stands here once it is saved.",
    );
  }
  if (node.attrs.kind === "figure") {
    add("figure", el("input", { type: "text", dir: "ltr", value: node.attrs.figure ?? "" }), "Address of the picture");
  }
  if (catalogues.campaigns.isThere) add("campaign", campaigns(node.attrs.campaign, catalogues), "Follows the campaign");
  return ask<Details>("This paragraph", ({ done }, foot) => {
    const keep = (): void =>
      done(Object.fromEntries(fields.map(([name, input]) => [name, input.value.trim() || null])));
    if (fields.length > 0) foot.append(button("Keep", keep, { class: "button primary" }));
    const nothing = el("p", { class: "hint" }, "A paragraph of this kind is tied to nothing.");
    return fields.length === 0 ? [nothing] : fields.map(([, , element]) => element);
  });
}
