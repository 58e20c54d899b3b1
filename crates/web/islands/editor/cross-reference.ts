/** A reference in words to an earlier edition, or to one sentence of it; and a plain link. */
import { button, el } from "../dom";
import type { Catalogues, Item } from "./catalogue";
import { unit } from "./code-points";
import { ask, field } from "./dialog";
import type { Edition } from "./edition";
import { picker } from "./picker";

export interface CrossReference {
  edition: string | null;
  sentence: string | null;
  url: string | null;
  date: string | null;
}

/** Sentences of an edition that can be meant. */
function sentencesOf(edition: Edition): { id: string; words: string }[] {
  const paragraphs = [...edition.takeaways, ...edition.sections.flatMap((section) => section.paragraphs)];
  return paragraphs.flatMap(({ text, sentences }) =>
    sentences
      .filter(({ id }) => id !== "")
      .map(({ id, start, end }) => ({ id, words: text.slice(unit(text, start), unit(text, end)) })),
  );
}

/** Asks which edition is meant. `"remove"` takes the reference off the words again. */
export function askCrossReference(isThere: boolean, catalogues: Catalogues): Promise<CrossReference | "remove" | null> {
  return ask<CrossReference | "remove">("Refer to an earlier edition", ({ done }, foot) => {
    if (isThere) foot.append(button("Take the reference off", () => done("remove"), { class: "button danger" }));
    const box = el("div", {});
    const chosen = async ({ id, date, title }: Item): Promise<void> => {
      const whole: CrossReference = { edition: id, sentence: null, url: null, date: date || null };
      const edition = await catalogues.editions.edition(id);
      const sentences = edition ? sentencesOf(edition) : [];
      if (sentences.length === 0) {
        done(whole);
        return;
      }
      const list = el(
        "ol",
        { class: "picker-results" },
        ...sentences.map((sentence) =>
          el(
            "li",
            {},
            button(el("bdi", {}, sentence.words), () => done({ ...whole, sentence: sentence.id }), { class: "" }),
          ),
        ),
      );
      box.replaceChildren(
        el("p", {}, title),
        button("The edition as a whole", () => done(whole), { class: "button primary small" }),
        el("p", {}, "or one sentence of it:"),
        list,
      );
    };
    box.append(picker("Find an edition", catalogues.editions, (item) => void chosen(item)));
    return [box];
  });
}

/** Asks for the address of a plain link; an empty one takes the link off. */
export function askLink(before: string): Promise<string | null> {
  return ask<string>("Link", ({ done }, foot) => {
    const input = el("input", { type: "url", dir: "ltr", value: before });
    const keep = (): void => {
      if (input.value.trim() === "" || input.reportValidity()) done(input.value.trim());
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      keep();
    });
    foot.append(button("Keep", keep, { class: "button primary" }));
    return [field("Address", input, "A link is no citation: it gets no note. Leave it empty to take the link off.")];
  });
}
