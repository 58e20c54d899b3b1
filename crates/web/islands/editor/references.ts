/** The references of one citation: which documents, addresses, earlier editions or assessments a sentence rests on. */
import { button, el } from "../dom";
import { reason } from "../request";
import type { Catalogues, DocumentText } from "./catalogue";
import { ask, field } from "./dialog";
import type { Reference, Target } from "./edition";
import { passageOf } from "./passage";
import { named, picker } from "./picker";

const KINDS: readonly [Target["to"], string][] = [
  ["document", "Document"],
  ["address", "Address"],
  ["edition", "Earlier edition"],
  ["assessment", "Assessment"],
  ["text", "In words"],
];

const reference = (target: Target, printed: string | null = null): Reference => ({
  ...target,
  printed,
  defanged: null,
});

/** A reference in words, before its name is known. */
function words(given: Reference): string {
  switch (given.to) {
    case "document":
      return given.document;
    case "address":
      return given.url;
    case "edition":
      return given.edition ?? given.url ?? given.date ?? "An earlier edition";
    case "assessment":
      return given.assessment;
    case "text":
      return given.printed ?? "";
  }
}

/** The line of a reference; its name comes when the server has said it. */
function line(given: Reference, catalogues: Catalogues): HTMLElement {
  const name = el("bdi", {}, words(given));
  const [catalogue, id] =
    given.to === "document"
      ? [catalogues.documents, given.document]
      : given.to === "edition"
        ? [catalogues.editions, given.edition]
        : given.to === "assessment"
          ? [catalogues.assessments, given.assessment]
          : [null, null];
  const kind = KINDS.find(([to]) => to === given.to)?.[1] ?? "";
  if (catalogue && id) void catalogue.named(id).then((item) => name.replaceChildren(named(item)));
  const passage = given.to === "document" ? given.passage : null;
  return el(
    "div",
    { class: "reference-line" },
    el("span", { class: "badge plain" }, kind),
    " ",
    name,
    passage ? el("blockquote", { class: "picker-chosen", dir: "auto" }, passage.exact) : null,
  );
}

/** A document's text, in which the words that count are selected. It is a field, so that keys can select, too. */
function passageChooser(document: DocumentText, take: (given: Reference) => void): HTMLElement {
  const area = el("textarea", {
    class: "picker-passage",
    readonly: true,
    rows: 10,
    dir: "auto",
    lang: document.lang || null,
  });
  area.value = document.text;
  const said = el("p", { class: "error", role: "alert", hidden: true }, "Select the words in the text first.");
  const target = (passage: ReturnType<typeof passageOf>): Reference =>
    reference({ to: "document", document: document.id, passage });
  return el(
    "div",
    {},
    el("p", {}, named(document)),
    field("Select the words that the sentence rests on", area, "With the mouse, or with Shift and the arrow keys."),
    said,
    el(
      "div",
      { class: "toolbar" },
      button(
        "Take the selected words",
        () => {
          const passage = passageOf(area.value, area.selectionStart, area.selectionEnd);
          said.hidden = passage !== null;
          if (passage) take(target(passage));
        },
        { class: "button primary small" },
      ),
      button("Take the whole document", () => take(target(null))),
    ),
  );
}

function documents(catalogues: Catalogues, take: (given: Reference) => void): HTMLElement {
  const box = el("div", {});
  const list = picker("Find a document, in any script", catalogues.documents, async ({ id }) => {
    try {
      const document = await catalogues.documents.document(id);
      box.replaceChildren(
        passageChooser(document, take),
        button("Another document", () => box.replaceChildren(list)),
      );
      box.querySelector("textarea")?.focus();
    } catch (error) {
      box.append(el("p", { class: "error", role: "alert" }, reason(error)));
    }
  });
  box.append(list);
  return box;
}

function typed(
  label: string,
  input: HTMLInputElement | HTMLTextAreaElement,
  make: (value: string) => Reference,
  take: (given: Reference) => void,
): HTMLElement {
  const add = (): void => {
    const value = input.value.trim();
    if (value !== "" && input.reportValidity()) take(make(value));
  };
  input.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || input instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    add();
  });
  return el("div", {}, field(label, input), button("Add it", add, { class: "button primary small" }));
}

function adder(kind: Target["to"], catalogues: Catalogues, take: (given: Reference) => void): HTMLElement {
  switch (kind) {
    case "document":
      return documents(catalogues, take);
    case "address":
      return typed(
        "Address",
        el("input", { type: "url", dir: "ltr", placeholder: "https://" }),
        (url) => reference({ to: "address", url }),
        take,
      );
    case "edition":
      return picker("Find an edition", catalogues.editions, ({ id, date }) =>
        take(reference({ to: "edition", edition: id, sentence: null, url: null, date: date || null })),
      );
    case "assessment":
      return picker("Find an assessment", catalogues.assessments, ({ id }) =>
        take(reference({ to: "assessment", assessment: id })),
      );
    case "text":
      return typed(
        "What the note says",
        el("textarea", { rows: 3, dir: "auto" }),
        (printed) => reference({ to: "text" }, printed),
        take,
      );
  }
}

/** Asks for a citation's references; `null` where nothing was to be changed. */
export function askReferences(
  title: string,
  before: readonly Reference[],
  catalogues: Catalogues,
): Promise<Reference[] | null> {
  return ask<Reference[]>(title, ({ done }, foot) => {
    const references = [...before];
    const list = el("ol", { class: "reference-list" });
    const place = el("div", {});
    const draw = (): void => {
      list.replaceChildren(
        ...references.map((given, index) =>
          el(
            "li",
            {},
            line(given, catalogues),
            el(
              "span",
              { class: "toolbar" },
              index > 0 && button("↑", () => swap(index), { "aria-label": "Move up", class: "button small quiet" }),
              button(
                "Remove",
                () => {
                  references.splice(index, 1);
                  draw();
                },
                { class: "button small quiet" },
              ),
            ),
          ),
        ),
      );
      list.hidden = references.length === 0;
    };
    const swap = (index: number): void => {
      const [moved] = references.splice(index, 1);
      if (moved) references.splice(index - 1, 0, moved);
      draw();
    };
    const open = (kind: Target["to"]): void => {
      place.replaceChildren(
        adder(kind, catalogues, (given) => {
          references.push(given);
          draw();
          place.replaceChildren(
            el("p", { class: "flash good", role: "status" }, "Added. Keep it below, or add another."),
          );
          keep.focus();
        }),
      );
    };
    const keep = button("Keep these references", () => done(references), { class: "button primary" });
    foot.append(keep);
    const kinds = el(
      "fieldset",
      { class: "field" },
      el("legend", {}, "Add a reference"),
      el(
        "div",
        { class: "toolbar" },
        ...KINDS.map(([kind, label], index) => {
          const radio = el("input", {
            type: "radio",
            name: "reference-kind",
            value: kind,
            checked: index === 0 && before.length === 0,
          });
          radio.addEventListener("change", () => open(kind));
          return el("label", { class: "choice" }, radio, label);
        }),
      ),
    );
    draw();
    if (before.length === 0) open("document");
    return [list, kinds, place];
  });
}
