/** A list whose rows are gone through by key; a key of a row means the row that one is at. */
import { takesText } from "../dom";

export class Rows {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.addEventListener("focusin", (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
      if (row && row !== this.current) this.#mark(row);
    });
  }

  get rows(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-row]")];
  }

  get current(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('[data-row][aria-current="true"]');
  }

  /** Goes on by so many rows. */
  move(by: number): void {
    const rows = this.rows;
    const at = this.current ? rows.indexOf(this.current) : by > 0 ? -1 : rows.length;
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (!next) return;
    this.#mark(next);
    next.focus();
  }

  /** Does what the key means in the current row (the first, where none is yet); whether it means anything. */
  press(key: string): boolean {
    const row = this.current ?? this.rows[0];
    const target = [...(row?.querySelectorAll<HTMLElement>("[data-row-key]") ?? [])].find(
      (node) => node.dataset.rowKey === key,
    );
    if (!row || !target) return false;
    this.#mark(row);
    if (takesText(target)) {
      target.closest("details")?.setAttribute("open", "");
      target.focus();
    } else {
      target.click();
    }
    return true;
  }

  #mark(row: HTMLElement): void {
    this.current?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  }
}
