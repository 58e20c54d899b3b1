/** The bar at the foot of the screen that copies a citation of the sentence that is selected. */
import { button, el } from "../dom";
import { type Cited, FORMS } from "./citation";

/** The sentence a selection lies in, or begins in. */
function selected(edition: HTMLElement): HTMLElement | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { startContainer } = selection.getRangeAt(0);
  const from = startContainer instanceof Element ? startContainer : startContainer.parentElement;
  const sentence = from?.closest<HTMLElement>(".sentence[id]");
  return sentence && edition.contains(sentence) ? sentence : null;
}

/** A sentence's words without note marks and links to itself. */
export function wordsOf(sentence: HTMLElement): string {
  const copy = sentence.cloneNode(true) as HTMLElement;
  for (const extra of copy.querySelectorAll(".note-mark, .sentence-link, .para-link")) extra.remove();
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

export class CiteBar {
  readonly #edition: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #said: HTMLElement;
  #sentence: HTMLElement | null = null;
  #timer = 0;

  constructor(edition: HTMLElement) {
    this.#edition = edition;
    this.#said = el("span", { class: "copy-said", role: "status" });
    const forms = FORMS.map(([name, form]) => button(name, () => void this.#copy(name, form)));
    const shut = button("Close", () => this.#choose(null), { class: "button small quiet" });
    this.#bar = el(
      "div",
      { class: "copy-citation", role: "group", "aria-label": "Copy a citation of this sentence", hidden: true },
      el("span", { class: "copy-what" }, "Cite this sentence"),
      ...forms,
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
    this.#bar.hidden = sentence === null;
  }

  #cited(sentence: HTMLElement): Cited {
    const meta = this.#edition.querySelector(".edition-meta");
    const first = meta?.firstElementChild;
    const printed = first?.tagName === "SPAN" && !first.querySelector("time") ? (first.textContent ?? "") : "";
    const authors = this.#edition.dataset.citeAuthors ?? printed.replaceAll(/,\s*| and /g, ";");
    const { citeBase = "", citeTitle = document.title, citePublisher } = this.#edition.dataset;
    return {
      title: citeTitle,
      publisher: citePublisher ?? document.querySelector(".masthead-publisher")?.textContent?.trim() ?? "",
      authors: authors
        .split(";")
        .map((author) => author.trim())
        .filter((author) => author !== ""),
      date: meta?.querySelector("time")?.getAttribute("datetime") ?? "",
      url: `${citeBase}#${sentence.id}`,
      quote: wordsOf(sentence),
      language: this.#edition.lang || document.documentElement.lang,
    };
  }

  async #copy(name: string, form: (cited: Cited) => string): Promise<void> {
    if (!this.#sentence) return;
    try {
      await navigator.clipboard.writeText(form(this.#cited(this.#sentence)));
      this.#said.textContent = `${name} copied.`;
    } catch {
      this.#said.textContent = "The browser did not let it be copied.";
    }
  }
}
