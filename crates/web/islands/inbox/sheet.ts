/** The reading pane laid over the list, where there is no room beside it: a phone, or a page at twice its size. */
const BESIDE = "(min-width: 64rem)";

export class Sheet {
  readonly #pane: HTMLElement;
  readonly #closed: () => void;

  /** `closed` hears that the list is shown again. */
  constructor(pane: HTMLElement, closed: () => void) {
    this.#pane = pane;
    this.#closed = closed;
    pane.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("[data-back]")) return;
      event.preventDefault();
      this.close();
    });
    pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /** Shows the pane's text, whose beginning is read first. */
  open(): void {
    if (matchMedia(BESIDE).matches) return;
    this.#pane.dataset.open = "";
    this.#pane.tabIndex = -1;
    this.#pane.focus({ preventScroll: true });
  }

  close(): void {
    if (this.#pane.dataset.open === undefined) return;
    delete this.#pane.dataset.open;
    this.#closed();
  }
}
