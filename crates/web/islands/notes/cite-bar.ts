/** The bar at the foot of the screen that copies a citation of the sentence that is selected, as the server prints it. */
import { button, el } from "../dom";

/** The sentence a selection lies in, or begins in. */
function selected(edition: HTMLElement): HTMLElement | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { startContainer } = selection.getRangeAt(0);
  const from = startContainer instanceof Element ? startContainer : startContainer.parentElement;
  const sentence = from?.closest<HTMLElement>(".sentence[id]");
  return sentence && edition.contains(sentence) ? sentence : null;
}

/** Label and extension of each style: `Text=cite.txt BibTeX=bib`. */
export function styles(list: string): [string, string][] {
  return list
    .split(" ")
    .map((style) => style.split("="))
    .filter((style): style is [string, string] => style.length === 2);
}

export class CiteBar {
  readonly #sentences: string;
  readonly #bar: HTMLElement;
  readonly #page: HTMLAnchorElement;
  readonly #said: HTMLElement;
  #sentence: HTMLElement | null = null;
  #timer = 0;

  constructor(edition: HTMLElement) {
    this.#sentences = edition.dataset.sentences ?? "";
    this.#said = el("span", { class: "copy-said", role: "status" });
    this.#page = el("a", { href: "#" }, "Its page");
    const forms = styles(edition.dataset.citeStyles ?? "").map(([label, extension]) =>
      button(label, () => void this.#copy(label, extension)),
    );
    const shut = button("Close", () => this.#choose(null), { class: "button small quiet" });
    this.#bar = el(
      "div",
      { class: "copy-citation", role: "group", "aria-label": "Copy a citation of this sentence", hidden: true },
      el("span", { class: "copy-what" }, "Cite this sentence"),
      ...forms,
      this.#page,
      this.#said,
      shut,
    );
    document.body.append(this.#bar);
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        const sentence = selected(edition);
        if (sentence) this.#choose(sentence);
      }, 250);
    });
    edition.addEventListener("click", (event) => this.#clicked(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#choose(null);
    });
  }

  /** The link of a paragraph chooses its first sentence: a way that needs no selecting. */
  #clicked(event: MouseEvent): void {
    if (!(event.target instanceof Element) || !event.target.closest(".para-link")) return;
    this.#choose(event.target.closest(".para")?.querySelector<HTMLElement>(".sentence[id]") ?? null);
  }

  #choose(sentence: HTMLElement | null): void {
    if (sentence === this.#sentence) return;
    this.#sentence?.classList.remove("chosen");
    sentence?.classList.add("chosen");
    this.#sentence = sentence;
    this.#said.textContent = "";
    if (sentence) this.#page.href = this.#address(sentence);
    this.#bar.hidden = sentence === null;
  }

  #address(sentence: HTMLElement): string {
    return this.#sentences + encodeURIComponent(sentence.id.replace(/^t-/, ""));
  }

  async #copy(label: string, extension: string): Promise<void> {
    if (!this.#sentence) return;
    try {
      const answer = await fetch(`${this.#address(this.#sentence)}.${extension}`);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      this.#said.textContent = `${label} copied.`;
    } catch {
      this.#said.textContent = "It could not be copied: take it from the sentence's page.";
    }
  }
}
