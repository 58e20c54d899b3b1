/** The table beside the map: the same selection, and a way to the map from each row. */
import { button } from "../dom";
import type { Shown } from "./features";
import { type Filter, isShown } from "./filter";

export class Table {
  readonly #rows: HTMLTableRowElement[];
  readonly #box: HTMLElement | null;

  constructor(form: HTMLElement, choose: (id: string) => void) {
    this.#rows = [...form.querySelectorAll<HTMLTableRowElement>("tr[data-feature]")];
    this.#box = form.querySelector<HTMLElement>(".map-table");
    for (const row of this.#rows) {
      const id = row.dataset.feature ?? "";
      const label = `Show on the map: ${row.querySelector("a")?.textContent ?? id}`;
      row.cells[0]?.prepend(
        button("◎", () => choose(id), { class: "button small quiet map-locate", "aria-label": label }),
      );
      row.addEventListener("click", (event) => {
        if (event.target instanceof Element && !event.target.closest("a, button")) choose(id);
      });
    }
  }

  /** Shows the rows of what the map shows. */
  show(features: ReadonlyMap<string, Shown>, filter: Filter): void {
    for (const row of this.#rows) {
      const { feature = "", layer = "", of = "", date = "", until = "" } = row.dataset;
      row.hidden = !isShown(features.get(feature) ?? { layer, of, date, until: until || null }, filter);
    }
  }

  /** Marks the row of the chosen feature. */
  mark(id: string | null): void {
    for (const row of this.#rows) row.classList.toggle("current", id !== null && row.dataset.feature === id);
    const row = this.#rows.find((entry) => entry.dataset.feature === id);
    if (!row || !this.#box) return;
    // Only the table's own box is scrolled: the page stays where the reader is.
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    if (top < this.#box.scrollTop) this.#box.scrollTop = top;
    else if (bottom > this.#box.scrollTop + this.#box.clientHeight)
      this.#box.scrollTop = bottom - this.#box.clientHeight;
  }
}
