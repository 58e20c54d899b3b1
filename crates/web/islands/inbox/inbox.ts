/** The inbox: one document after the other in the reading pane, sorted by key. */
import { el } from "../dom";
import { reason, request } from "../request";

export class Inbox {
  readonly #root: HTMLElement;
  #asked: AbortController | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("submit", (event) => this.#submitted(event));
  }

  get items(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-item]")];
  }

  /** The document that keys speak of. */
  get current(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('[data-item][aria-current="true"]');
  }

  /** Goes on by so many documents and shows the one it comes to. */
  move(by: number): void {
    const items = this.items;
    const at = this.current ? items.indexOf(this.current) : by > 0 ? -1 : items.length;
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (next) void this.show(next);
  }

  /** Makes a document the current one and brings it into the pane. */
  async show(item: HTMLElement): Promise<void> {
    for (const other of this.items) other.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    // A document that is folded below the first report of its story is unfolded when it is come to.
    item.closest("details")?.setAttribute("open", "");
    item.scrollIntoView({ block: "nearest" });
    const link = item.querySelector<HTMLAnchorElement>(".inbox-open");
    const pane = this.#root.querySelector<HTMLElement>("[data-pane]");
    if (!link || !pane) return;
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    pane.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(link.href, { credentials: "same-origin", signal: asked.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-pane]");
      if (!response.ok || !fresh) throw new Error("The document could not be opened.");
      pane.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
      pane.scrollTop = 0;
      history.replaceState(null, "", link.href);
      const same = [...page.querySelectorAll<HTMLElement>("[data-item]")].find((i) => i.dataset.id === item.dataset.id);
      const state = same?.dataset.state;
      if (state && item.dataset.state === "new") item.dataset.state = state;
    } catch (error) {
      if (asked.signal.aborted) return;
      pane.replaceChildren(el("p", { class: "flash bad", role: "alert" }, reason(error)));
    } finally {
      if (this.#asked === asked) pane.removeAttribute("aria-busy");
    }
  }

  #clicked(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const item = event.target.closest<HTMLElement>("[data-item]");
    if (!item || !event.target.closest(".inbox-open")) return;
    event.preventDefault();
    void this.show(item);
  }

  #submitted(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.triage) return;
    const item = form.closest<HTMLElement>("[data-item]");
    if (!item) return;
    event.preventDefault();
    void this.#sort(item, form);
  }

  async #sort(item: HTMLElement, form: HTMLFormElement): Promise<void> {
    const before = item.dataset.state;
    item.dataset.state = form.dataset.triage;
    item.querySelector("[data-failed]")?.remove();
    if (item === this.current) this.move(1);
    try {
      await request(form.action, { method: "POST", form: new FormData(form) });
    } catch (error) {
      item.dataset.state = before;
      item.append(el("p", { class: "error", role: "alert", "data-failed": true }, reason(error)));
    }
  }
}
