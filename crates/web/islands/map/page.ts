/** One map of a page: legend, time, table, card and address all follow the same selection. */
import { el, takesText } from "../dom";
import { reason, request } from "../request";
import { loadBase } from "./base";
import { fillCard } from "./card";
import { dayNumber, isoDay } from "./days";
import { featuresOf, type Shown } from "./features";
import { counts, type Filter, isShown, lineOf } from "./filter";
import { readState, writeState } from "./hash";
import { Slider, type Span } from "./slider";
import { Table } from "./table";
import { type Drawn, View } from "./view";

export class MapPage {
  readonly #form: HTMLElement;
  readonly #small: boolean;
  readonly #whole: Span;
  readonly #slider: Slider;
  readonly #table: Table;
  readonly #card: HTMLElement | null;
  readonly #said = el("p", { class: "visually-hidden", role: "status" });
  #view: View | null = null;
  #features = new Map<string, Shown>();
  #shown: Shown[] = [];
  #chosen: string | null = null;
  #group: string[] = [];
  #back: HTMLElement | null = null;
  #drawing = 0;

  constructor(form: HTMLElement) {
    this.#form = form;
    this.#small = form.classList.contains("small");
    this.#card = form.querySelector<HTMLElement>("[data-card]");
    const { from = "", to = "" } = form.dataset;
    this.#whole = { from: dayNumber(from) ?? 0, to: dayNumber(to) ?? dayNumber(from) ?? 0 };
    const state = this.#small ? readState("") : readState(location.hash);
    const given = (name: "from" | "to"): number => {
      const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      return dayNumber(state[name] ?? field?.value ?? "") ?? this.#whole[name];
    };
    for (const box of this.#boxes) if (state.hide.includes(lineOfBox(box))) box.checked = false;
    this.#slider = new Slider(form, this.#whole, { from: given("from"), to: given("to") }, () => this.#soon());
    this.#table = new Table(form, (id) => this.choose(id, true));
    form.append(this.#said);
    form.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "show") this.#refresh();
    });
    form.addEventListener("submit", () => this.#trim());
    form.addEventListener("keydown", (event) => this.#key(event));
    if (!this.#small) addEventListener("hashchange", () => this.#follow());
  }

  /** Asks for features and base map, and draws. Without WebGL the table remains. */
  async start(): Promise<void> {
    const { features = "", basemap = "/assets/basemap/", asOf = "" } = this.#form.dataset;
    const url = new URL(features, location.href);
    if (this.#whole.to > 0) {
      url.searchParams.set("from", isoDay(this.#whole.from));
      url.searchParams.set("to", isoDay(this.#whole.to));
    }
    if (asOf !== "") url.searchParams.set("as_of", asOf);
    try {
      const [answer, base] = await Promise.all([request(url.href), loadBase(basemap, document.documentElement.lang)]);
      this.#features = new Map(featuresOf(answer).map((feature) => [feature.id, feature]));
      this.#refresh();
      this.#draw(base);
      const { feature } = readState(location.hash);
      if (feature && !this.#small) this.choose(feature, true);
    } catch (error) {
      this.#form
        .querySelector("[data-map]")
        ?.replaceChildren(
          el("p", { class: "empty" }, `The map can't be drawn: ${reason(error)} The table has all of it.`),
        );
    }
  }

  get #boxes(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>('input[name="show"]')];
  }

  get #filter(): Filter {
    const hidden = new Set(this.#boxes.filter((box) => !box.checked).map(lineOfBox));
    return { ...this.#slider.span, hidden };
  }

  #draw(base: Awaited<ReturnType<typeof loadBase>>): void {
    const container = this.#form.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    const symbols = new Map<string, Drawn>(
      this.#boxes.map((box) => [
        lineOfBox(box),
        { shape: box.dataset.shape ?? "circle", colour: Number(box.dataset.colour) },
      ]),
    );
    const [west = 25, south = 12, east = 65, north = 42] = (this.#form.dataset.bounds ?? "").split(",").map(Number);
    const view = new View({
      container,
      worker: this.#form.dataset.worker ?? "/assets/maplibre-worker.js",
      base,
      bounds: [west, south, east, north],
      small: this.#small,
      symbols,
    });
    this.#view = view;
    const at = this.#small ? null : readState(location.hash).view;
    if (at) view.map.jumpTo({ center: [at.longitude, at.latitude], zoom: at.zoom });
    view.onPress((ids) => {
      this.#group = ids;
      this.choose(ids[0] ?? null);
    });
    view.map.on("moveend", () => this.#remember());
    view.show(this.#shown, this.#chosen);
  }

  /** Opens the card of a feature, or closes it. */
  choose(id: string | null, far = false): void {
    const feature = id === null ? undefined : this.#features.get(id);
    this.#chosen = feature?.id ?? null;
    if (feature && !this.#group.includes(feature.id)) this.#group = [feature.id];
    this.#table.mark(this.#chosen);
    this.#view?.show(this.#shown, this.#chosen);
    this.#remember();
    if (!this.#card) return;
    if (!feature) {
      this.#card.hidden = true;
      this.#back?.focus();
      this.#back = null;
      return;
    }
    const box = this.#boxes.find((entry) => lineOfBox(entry) === lineOf(feature));
    const at = this.#group.indexOf(feature.id) + 1;
    fillCard(this.#card, feature, {
      label:
        box
          ?.closest("label")
          ?.textContent?.replace(/\s*\d*\s*$/, "")
          .trim() ?? "",
      position: this.#group.length > 1 ? { at, of: this.#group.length } : null,
      close: () => this.choose(null),
      step: (by) => this.choose(this.#group.at((at - 1 + by) % this.#group.length) ?? null),
    });
    if (!far) return;
    if (document.activeElement instanceof HTMLElement && !this.#card.contains(document.activeElement)) {
      this.#back = document.activeElement;
    }
    this.#view?.lookAt(feature);
    this.#card.focus({ preventScroll: false });
  }

  #soon(): void {
    if (this.#drawing !== 0) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#refresh();
    });
  }

  #refresh(): void {
    const filter = this.#filter;
    const all = [...this.#features.values()];
    this.#shown = all.filter((feature) => isShown(feature, filter));
    const found = counts(all, filter);
    for (const box of this.#boxes) {
      const count = box.closest("label")?.querySelector("[data-count]");
      if (count) count.textContent = String(found.get(lineOfBox(box)) ?? 0);
    }
    this.#table.show(this.#features, filter);
    this.#said.textContent = `${this.#shown.length} of ${all.length} shown.`;
    this.#view?.show(this.#shown, this.#chosen);
    this.#remember();
  }

  /** Keeps the state in the address, so that it can be sent to somebody. */
  #remember(): void {
    if (this.#small || !this.#view) return;
    const { lat, lng } = this.#view.map.getCenter();
    const { from, to } = this.#slider.span;
    const hash = writeState({
      view: { zoom: this.#view.map.getZoom(), latitude: lat, longitude: lng },
      from: from === this.#whole.from ? null : isoDay(from),
      to: to === this.#whole.to ? null : isoDay(to),
      hide: [...this.#filter.hidden],
      feature: this.#chosen,
    });
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  }

  #follow(): void {
    const state = readState(location.hash);
    if (state.view)
      this.#view?.map.jumpTo({ center: [state.view.longitude, state.view.latitude], zoom: state.view.zoom });
    if (state.feature) this.choose(state.feature, true);
  }

  /** The server is asked anew only for another moment of knowledge; what the address keeps goes along. */
  #trim(): void {
    if (this.#form instanceof HTMLFormElement) this.#form.action = location.pathname + location.hash;
    if (this.#boxes.every((box) => box.checked)) for (const box of this.#boxes) box.disabled = true;
    for (const field of this.#form.querySelectorAll<HTMLInputElement>(
      'input[type="date"], input[type="datetime-local"]',
    )) {
      if (field.value === "") field.disabled = true;
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && this.#card && !this.#card.hidden) {
      event.preventDefault();
      this.choose(null);
      return;
    }
    if (takesText(event.target) || !["n", "p"].includes(event.key) || this.#shown.length === 0) return;
    event.preventDefault();
    const at = this.#shown.findIndex(({ id }) => id === this.#chosen);
    const next = at === -1 ? (event.key === "n" ? 0 : -1) : (at + (event.key === "n" ? 1 : -1)) % this.#shown.length;
    const feature = this.#shown.at(next);
    if (!feature) return;
    this.choose(feature.id);
    this.#view?.lookAt(feature);
    this.#said.textContent = `${feature.when}: ${feature.summary}`;
  }
}

function lineOfBox(box: HTMLInputElement): string {
  return lineOf({ layer: box.dataset.layer ?? "", of: box.dataset.of ?? "" });
}
