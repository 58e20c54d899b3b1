/** A dialog that asks for something and gives it back, or nothing where it was closed. */
import { button, el } from "../dom";

export interface Asking<T> {
  /** Closes the dialog with an answer. */
  done: (answer: T) => void;
}

let count = 0;

/** Shows a dialog; `build` makes its content. Escape and *Cancel* answer `null`. */
export function ask<T>(
  title: string,
  build: (asking: Asking<T>, foot: HTMLElement) => HTMLElement[],
): Promise<T | null> {
  count += 1;
  const heading = `dialog-${count}`;
  const foot = el("div", { class: "form-foot" });
  return new Promise((resolve) => {
    let answer: T | null = null;
    const dialog = el("dialog", { class: "dialog", "aria-labelledby": heading });
    const done = (given: T): void => {
      answer = given;
      dialog.close();
    };
    dialog.append(el("h2", { id: heading }, title), ...build({ done }, foot), foot);
    foot.append(button("Cancel", () => dialog.close(), { class: "button quiet" }));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A labelled field. */
export function field(text: string, input: HTMLElement, hint?: string): HTMLElement {
  count += 1;
  input.id ||= `field-${count}`;
  if (!hint) return el("div", { class: "field" }, el("label", { for: input.id }, text), input);
  const hintId = `${input.id}-hint`;
  input.setAttribute("aria-describedby", hintId);
  return el(
    "div",
    { class: "field" },
    el("label", { for: input.id }, text),
    el("p", { class: "hint", id: hintId }, hint),
    input,
  );
}
