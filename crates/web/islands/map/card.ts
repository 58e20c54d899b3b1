/** The card of an event or position: what is known, from whom, and where it was written about. */
import { button, el } from "../dom";
import type { Shown, SourceOf } from "./features";

interface Asked {
  /** Words of the legend line. */
  label: string;
  /** `2 of 5` where several lie at one spot. */
  position: { at: number; of: number } | null;
  close: () => void;
  step: (by: number) => void;
}

const fact = (title: string, ...what: (Node | string)[]): HTMLElement =>
  el("div", {}, el("dt", {}, title), el("dd", {}, ...what));

const foreign = (text: string, lang = ""): HTMLElement => el("bdi", { lang: lang || null }, text);

function linked(url: string, text: string, lang = ""): HTMLElement {
  return url === "" ? foreign(text, lang) : el("a", { href: url }, foreign(text, lang));
}

function source(given: SourceOf): HTMLElement {
  const grade =
    given.grade === ""
      ? null
      : el("span", { class: "grade", "data-reliability": given.grade.slice(0, 1) }, given.grade);
  return el(
    "li",
    {},
    linked(given.url, given.title || given.outlet, given.lang),
    " ",
    el("span", { class: "map-card-outlet" }, foreign(given.outlet), " ", grade),
  );
}

function facts(shown: Shown): HTMLElement {
  const where = shown.precision === "" ? [foreign(shown.place)] : [foreign(shown.place), ` (${shown.precision})`];
  const status = el("span", { class: `badge status-${shown.status}` }, shown.status.replaceAll("_", " "));
  return el(
    "dl",
    { class: "facts" },
    shown.when === "" ? null : fact("When", shown.when),
    shown.place === "" ? null : fact("Where", ...where),
    shown.actors.length === 0 ? null : fact("Who", foreign(shown.actors.join(", "))),
    shown.credibility === "" ? null : fact("Credibility", shown.credibility),
    shown.status === "" ? null : fact("Status", status),
  );
}

function part(title: string, items: HTMLElement[]): HTMLElement | null {
  return items.length === 0 ? null : el("section", {}, el("h3", {}, title), el("ul", {}, ...items));
}

/** Fills the card and shows it. */
export function fillCard(card: HTMLElement, shown: Shown, asked: Asked): void {
  const head = el("div", { class: "map-card-head" }, el("span", { class: "map-card-kind" }, asked.label));
  if (asked.position) {
    const { at, of } = asked.position;
    head.append(
      button("‹", () => asked.step(-1), { "aria-label": "Previous at this place", class: "button small quiet" }),
      el("span", { class: "count" }, `${at} of ${of}`),
      button("›", () => asked.step(1), { "aria-label": "Next at this place", class: "button small quiet" }),
    );
  }
  head.append(button("✕", asked.close, { "aria-label": "Close", class: "button small quiet map-card-close" }));
  const more = shown.url === "" ? null : el("p", {}, el("a", { href: shown.url }, "Everything about it"));
  const parts = [
    head,
    el("h2", { class: "map-card-summary", lang: shown.lang || null, dir: "auto" }, shown.summary),
    facts(shown),
    part("Sources", shown.sources.map(source)),
    part(
      "Written about in",
      shown.editions.map(({ title, url }) => el("li", {}, linked(url, title))),
    ),
    more,
  ];
  card.replaceChildren(...parts.filter((entry) => entry !== null));
  card.setAttribute("role", "region");
  card.setAttribute("aria-label", "What was chosen on the map");
  card.tabIndex = -1;
  card.hidden = false;
  card.scrollTop = 0;
}
