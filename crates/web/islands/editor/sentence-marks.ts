/** What hangs on a sentence: the events it reports, and the judgement it carries. */
import { button, el } from "../dom";
import type { Catalogues } from "./catalogue";
import { ask, field } from "./dialog";
import { type Judgement, STEPS } from "./edition";
import { named, picker } from "./picker";

export interface SentenceMarks {
  events: string[];
  judgement: Judgement | null;
}

function eventsPart(marks: SentenceMarks, catalogues: Catalogues): HTMLElement {
  const list = el("ul", { class: "reference-list" });
  const draw = (): void => {
    list.replaceChildren(
      ...marks.events.map((id) => {
        const name = el("bdi", {}, id);
        void catalogues.events.named(id).then((item) => name.replaceChildren(named(item)));
        return el(
          "li",
          {},
          name,
          button(
            "Remove",
            () => {
              marks.events = marks.events.filter((other) => other !== id);
              draw();
            },
            { class: "button small quiet" },
          ),
        );
      }),
    );
    list.hidden = marks.events.length === 0;
  };
  draw();
  const add = picker("Find an event that the sentence reports", catalogues.events, ({ id }) => {
    if (!marks.events.includes(id)) marks.events = [...marks.events, id];
    draw();
  });
  return el("section", {}, el("h3", {}, "Events"), list, add);
}

function judgementPart(marks: SentenceMarks, catalogues: Catalogues): HTMLElement {
  const box = el("div", {});
  const draw = (): void => {
    const { judgement } = marks;
    if (!judgement) {
      box.replaceChildren(
        picker("Find the assessment that the sentence carries", catalogues.assessments, ({ id }) => {
          marks.judgement = { assessment: id, step: "made" };
          draw();
        }),
      );
      return;
    }
    const name = el("bdi", {}, judgement.assessment);
    void catalogues.assessments.named(judgement.assessment).then((item) => name.replaceChildren(named(item)));
    const select = el(
      "select",
      {},
      ...STEPS.map((step) => el("option", { value: step, selected: step === judgement.step }, step)),
    );
    select.addEventListener("change", () => {
      const step = STEPS.find((known) => known === select.value) ?? "made";
      marks.judgement = { ...judgement, step };
    });
    const remove = button(
      "Remove",
      () => {
        marks.judgement = null;
        draw();
      },
      { class: "button small quiet" },
    );
    box.replaceChildren(
      el("p", { class: "picker-chosen" }, name),
      field("The sentence", select, "What it does to the assessment."),
      remove,
    );
  };
  draw();
  return el("section", {}, el("h3", {}, "Judgement"), box);
}

/** Asks what hangs on a sentence. */
export function askSentence(
  words: string,
  before: SentenceMarks,
  catalogues: Catalogues,
): Promise<SentenceMarks | null> {
  return ask<SentenceMarks>("What hangs on this sentence", ({ done }, foot) => {
    const marks: SentenceMarks = { events: [...before.events], judgement: before.judgement };
    foot.append(button("Keep", () => done(marks), { class: "button primary" }));
    return [
      el("blockquote", { class: "picker-chosen", dir: "auto" }, words),
      eventsPart(marks, catalogues),
      judgementPart(marks, catalogues),
    ];
  });
}
