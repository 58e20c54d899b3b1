/** The inbox: one document after the other in the reading pane, decided about by key, more loaded before the end is come to. */
import { el } from "../dom";
import { reason, request } from "../request";
import { leadDialog } from "./lead-dialog";
import { marked } from "./marked";
import { Sheet } from "./sheet";

/** What is said once something was done. */
const SAID: Record<string, string> = {
  kept: "Kept.",
  later: "Put aside for later.",
  dropped: "Dropped.",
  task: "The task is set.",
  translation: "Translated.",
};

/** Acts that leave the decision, and the reader, where they are. */
const STAYS = new Set(["task", "graphic", "translation"]);

/** How far before the end of the list more is asked for. */
const AHEAD = "1200px";

async function fetched(address: string, part: string, signal?: AbortSignal): Promise<Document> {
  const url = new URL(address, location.href);
  url.searchParams.set("part", part);
  const response = await fetch(url, { credentials: "same-origin", signal: signal ?? null });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok)
    throw new Error(page.querySelector("main p")?.textContent ?? "The server did not answer as expected.");
  return page;
}

const imported = (nodes: Iterable<Node>): Node[] => [...nodes].map((node) => document.importNode(node, true));

export class Inbox {
  readonly #root: HTMLElement;
  readonly #sheet: Sheet | null;
  #asked: AbortController | null = null;
  #loading: Promise<void> | null = null;
  #ahead: IntersectionObserver | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    const pane = this.#pane;
    this.#sheet = pane && new Sheet(pane, () => this.#backTo(this.current));
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("submit", (event) => this.#submitted(event));
    this.#lookAhead();
  }

  get items(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-item]")];
  }

  /** The document that keys speak of. */
  get current(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('[data-item][aria-current="true"]');
  }

  get #pane(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>("[data-pane]");
  }

  /** Goes on by so many documents and shows the one it comes to. */
  async move(by: number): Promise<void> {
    const items = this.items;
    const at = this.current ? items.indexOf(this.current) : by > 0 ? -1 : items.length;
    if (at + by >= items.length && this.#more) {
      await this.more();
      if (this.items.length > items.length) return this.move(by);
    }
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
    if (next) await this.show(next);
  }

  /** Makes a document the current one and brings it into the pane. */
  async show(item: HTMLElement): Promise<void> {
    this.current?.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    // A document that is folded below the first report of its story is unfolded when it is come to.
    item.closest("details")?.setAttribute("open", "");
    item.scrollIntoView({ block: "nearest" });
    const link = item.querySelector<HTMLAnchorElement>(".inbox-open");
    const pane = this.#pane;
    if (!link || !pane) return;
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    pane.setAttribute("aria-busy", "true");
    try {
      const page = await fetched(link.href, "reading", asked.signal);
      const fresh = page.querySelector<HTMLElement>("[data-pane]");
      if (!fresh) throw new Error("The document could not be opened.");
      pane.replaceChildren(...imported(fresh.childNodes));
      pane.dataset.id = fresh.dataset.id;
      pane.scrollTop = 0;
      this.#sheet?.open();
      history.replaceState(null, "", link.href);
      this.#refresh(item, page);
    } catch (error) {
      if (asked.signal.aborted) return;
      pane.replaceChildren(el("p", { class: "flash bad", role: "alert" }, reason(error)));
      delete pane.dataset.id;
    } finally {
      if (this.#asked === asked) pane.removeAttribute("aria-busy");
    }
  }

  #backTo(item: HTMLElement | null): void {
    item?.scrollIntoView({ block: "nearest" });
    item?.querySelector<HTMLElement>(".inbox-open")?.focus({ preventScroll: true });
  }

  /** Loads the next page of the list behind what is there. */
  more(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  get #more(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>("[data-more]");
  }

  async #load(): Promise<void> {
    const end = this.#more;
    const link = end?.querySelector<HTMLAnchorElement>("a");
    if (!end || !link) return;
    try {
      const page = await fetched(link.href, "lines");
      end.replaceWith(...imported(page.querySelector("[data-lines]")?.childNodes ?? []));
      this.#lookAhead();
    } catch (error) {
      // The link stays: it leads to the same page without this.
      this.#say(reason(error));
    }
  }

  #lookAhead(): void {
    this.#ahead?.disconnect();
    const end = this.#more;
    const list = this.#root.querySelector<HTMLElement>("[data-lines]");
    if (!end || !list || typeof IntersectionObserver === "undefined") return;
    const scrolls = getComputedStyle(list).overflowY === "auto";
    const seen = (entries: IntersectionObserverEntry[]): void => {
      if (entries.some((entry) => entry.isIntersecting)) void this.more();
    };
    this.#ahead = new IntersectionObserver(seen, { root: scrolls ? list : null, rootMargin: `0px 0px ${AHEAD} 0px` });
    this.#ahead.observe(end);
  }

  /** What a line says of its document may have changed since it was loaded: by others too. */
  #refresh(item: HTMLElement, page: Document): void {
    const fresh = page.querySelector<HTMLElement>("[data-item]");
    if (!fresh || fresh.dataset.id !== item.dataset.id) return;
    if (!item.hasAttribute("data-pending")) item.dataset.state = fresh.dataset.state;
    item.toggleAttribute("data-read", fresh.hasAttribute("data-read"));
  }

  #clicked(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    const link = event.target.closest("a");
    const item = link?.closest<HTMLElement>("[data-item]");
    if (item && link?.matches(".inbox-open")) {
      event.preventDefault();
      void this.show(item);
    } else if (link?.closest("[data-more]")) {
      event.preventDefault();
      void this.more();
    } else if (link?.closest("[data-pane]")) {
      // A key may come before the pane has caught up: it is meant for the document that is current.
      const address = this.#forCurrent(link.href);
      if (link.hasAttribute("data-lead")) {
        event.preventDefault();
        void this.#lead(address);
        return;
      }
      if (address === link.href) return;
      event.preventDefault();
      location.assign(address);
    }
  }

  /** A lead of the current document, of what is marked in its text if anything is. */
  async #lead(address: string): Promise<void> {
    const [item, url] = [this.current, new URL(address, location.href)];
    const words = this.#pane ? marked(this.#pane, getSelection()) : "";
    if (words !== "") url.searchParams.set("passage", words);
    if (!(await leadDialog(url.href))) return;
    if (item && item === this.current) await this.show(item);
    this.#say("The lead is made.");
  }

  /** An address of the pane's document as that of the current one. */
  #forCurrent(address: string): string {
    const [shown, current] = [this.#pane?.dataset.id, this.current?.dataset.id];
    return shown && current ? address.replace(shown, current) : address;
  }

  #submitted(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.hasAttribute("data-undo")) {
      event.preventDefault();
      void this.#undo(form);
      return;
    }
    const act = form.dataset.act;
    const item = this.current ?? this.items.find((one) => one.dataset.id === this.#pane?.dataset.id);
    if (!act || !item) return;
    event.preventDefault();
    void this.#act(item, form, act);
  }

  async #act(item: HTMLElement, form: HTMLFormElement, act: string): Promise<void> {
    const [action, fields] = [this.#forCurrent(form.action), new FormData(form)];
    const decides = !STAYS.has(act);
    const isOf = (one: HTMLElement): boolean =>
      one === item ||
      (form.hasAttribute("data-whole") && one.dataset.story === item.dataset.story && one.dataset.state === "new");
    const before = decides
      ? this.items.filter(isOf).map((one): [HTMLElement, string] => [one, one.dataset.state ?? "new"])
      : [];
    for (const [one] of before) {
      one.dataset.state = act;
      one.setAttribute("data-pending", "");
    }
    item.querySelector("[data-failed]")?.remove();
    if (decides && item === this.current) void this.#goOn(before.map(([one]) => one));
    try {
      await request(action, { method: "POST", form: fields });
      this.#say(SAID[act] ?? "Saved.");
      if (!decides && item === this.current) await this.show(item);
    } catch (error) {
      for (const [one, state] of before) one.dataset.state = state;
      item.append(el("p", { class: "error", role: "alert", "data-failed": true }, reason(error)));
    } finally {
      for (const [one] of before) one.removeAttribute("data-pending");
    }
  }

  /** On to the next document that was not just decided about. */
  async #goOn(done: HTMLElement[]): Promise<void> {
    const items = this.items;
    const last = Math.max(...done.map((one) => items.indexOf(one)));
    const at = this.current ? items.indexOf(this.current) : -1;
    await this.move(Math.max(1, last - at + 1));
  }

  async #undo(form: HTMLFormElement): Promise<void> {
    try {
      const answer = (await request(form.action, { method: "POST", form: new FormData(form) })) as {
        documents: { id: string; triage: string }[];
        leads: string[];
      };
      const items = this.items;
      const first = answer.documents.map((one) => {
        const item = items.find((known) => known.dataset.id === one.id);
        if (item) item.dataset.state = one.triage;
        return item;
      })[0];
      const elsewhere = !first && answer.documents.length > 0;
      this.#say(elsewhere ? "Taken back; it stands in another list." : "Taken back.");
      const shown = first ?? (answer.leads.length > 0 ? this.current : null);
      if (shown) await this.show(shown);
    } catch (error) {
      this.#say(reason(error));
    }
  }

  #say(words: string): void {
    const place = this.#root.querySelector<HTMLElement>("[data-said]");
    if (place) place.textContent = words;
  }
}
