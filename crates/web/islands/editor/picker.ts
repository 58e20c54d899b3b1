/** Looking something up by words and choosing one of what was found. */
import { button, el } from "../dom";
import { reason } from "../request";
import type { Catalogue, Item } from "./catalogue";
import { field } from "./dialog";

/** Name and particulars of a thing, as a line of its own. */
export function named({ title, meta, lang }: Item): HTMLElement {
  return el("span", {}, el("bdi", { lang: lang || null }, title), el("span", { class: "picker-meta" }, meta));
}

/** A search field with its results below it. */
export function picker(label: string, catalogue: Catalogue, choose: (item: Item) => void): HTMLElement {
  const input = el("input", { type: "search", dir: "auto", autocomplete: "off" });
  const results = el("ol", { class: "picker-results" });
  const said = el("p", { class: "hint", role: "status" });
  let asked = new AbortController();
  let timer = 0;
  const look = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const items = await catalogue.search(input.value.trim(), signal);
      if (signal.aborted) return;
      results.replaceChildren(
        ...items.map((item) =>
          el(
            "li",
            {},
            button(named(item), () => choose(item), { class: "" }),
          ),
        ),
      );
      said.textContent = items.length === 0 ? "Nothing found." : `${items.length} found.`;
    } catch (error) {
      if (signal.aborted) return;
      said.textContent = reason(error);
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void look(), 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    results.querySelector("button")?.focus();
  });
  results.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...results.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement as HTMLButtonElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (at < 0) input.focus();
    else all[at]?.focus();
  });
  void look();
  return el("div", { class: "picker" }, field(label, input), said, results);
}
