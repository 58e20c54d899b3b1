// Every kind of page, for everybody: axe finds nothing in light and dark, and nothing has to be scrolled sideways.
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { text } from "../lib/editor.mjs";
import { DESK } from "../lib/world.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const EDITION = "2026-11-20";
const DOCUMENT = "senfi-1120-friday";
/** A phone; and a desktop window at 200 %. */
const NARROW = [390, 640];

const canvas = (page) => page.locator("canvas.maplibregl-canvas").waitFor();
const room = (path) => `/newsroom/${DESK}/${path}`;

/** What readers see: name, address, and what to wait for. */
const PUBLIC = [
  ["the desks", "/"],
  ["the front page", `/${DESK}`],
  ["the front page as of a day", `/${DESK}?as_of=2026-11-10`],
  ["an edition", `/${DESK}/editions/${EDITION}`],
  ["a corrected edition", `/${DESK}/editions/2026-11-10`],
  ["what a correction changed", `/${DESK}/editions/2026-11-10/changes/2`],
  ["a sentence", `/${DESK}/sentences/iran-${EDITION}.s-amended`],
  ["a Persian document", `/${DESK}/documents/${DOCUMENT}`],
  ["an event", `/${DESK}/events/ev-1120-salihiyah-trenches`],
  ["a position", `/${DESK}/positions/pos-rahba`],
  ["the map", `/${DESK}/map`, canvas],
  ["the assessments", `/${DESK}/assessments`],
  ["an assessment", `/${DESK}/assessments/as-amended`],
  ["the archive", `/${DESK}/archive`],
  ["the calendar", `/${DESK}/calendar`],
  ["the sections", `/${DESK}/sections`],
  ["a section", `/${DESK}/sections/levant`],
  ["the campaigns", `/${DESK}/campaigns`],
  ["a campaign", `/${DESK}/campaigns/teachers`],
  ["the outlets", `/${DESK}/outlets`],
  ["an outlet", `/${DESK}/outlets/chekad.example`],
  ["the actors", `/${DESK}/actors`],
  ["the places", `/${DESK}/places`],
  ["what changed between two editions", `/${DESK}/since`],
  ["what changed in ten days", `/${DESK}/since?days=10`],
  ["a sentence, then and now", `/${DESK}/sentences/iran-2026-11-10.s-single`],
  ["what was not yet known", `/${DESK}/not-yet-known?as_of=2026-11-11`],
  ["the search", `/${DESK}/search`],
  ["search results", `/${DESK}/search?q=railway`],
  ["search results without a hit", `/${DESK}/search?q=zzzzzzzz`],
  ["the sources", `/${DESK}/sources`],
  ["the subscription form", `/${DESK}/subscribe`],
  ["the confirmation of a subscription", `/${DESK}/confirm/a-secret`],
  ["the manual of the checks", "/manual/checks"],
  ["a check", "/manual/checks/unsourced-sentence"],
  ["the sign-in page", "/newsroom/sign-in"],
];

/** What the newsroom sees. */
const ROOM = [
  ["the inbox", room("inbox")],
  ["citing", `${room("cite")}?document=${DOCUMENT}`],
  ["the events", room("events")],
  ["the form of an event", `${room("events/new")}?document=${DOCUMENT}&place_query=تهران`],
  ["the leads", room("leads?status=all")],
  ["the form of a lead", `${room("leads/new")}?document=${DOCUMENT}`],
  ["the positions", room("positions")],
  ["the newsroom's map", room("map"), canvas],
  ["the newsroom's assessments", room("assessments")],
  ["the form of an assessment", room("assessments/new")],
  ["the next step of an assessment", room("assessments/as-amended")],
  ["the editions", room("editions")],
  ["the editor", room("editions/iran-2026-11-23"), (page) => text(page).waitFor()],
  ["a review with findings", room("editions/iran-2026-11-23/review")],
  ["the form of a correction", room(`editions/iran-${EDITION}/correct`)],
  ["the newsroom's sources", room("sources")],
  ["the watch list", room("watches")],
  ["a watch and its trial", `${room("watches/water")}?query=railway`],
  ["the subscribers", room("subscribers")],
  ["the account", "/newsroom/account"],
  ["the people", "/newsroom/people"],
  ["the record", "/newsroom/record"],
];

/** Pages whose language is the desk's: a desk in Persian or Arabic has them from right to left. */
const TURNED = [
  ["the front page", `/${DESK}`],
  ["an edition", `/${DESK}/editions/${EDITION}`],
  ["the map", `/${DESK}/map`, canvas],
  ["an assessment", `/${DESK}/assessments/as-amended`],
  ["the archive", `/${DESK}/archive`],
  ["the calendar", `/${DESK}/calendar`],
  ["a campaign", `/${DESK}/campaigns/teachers`],
  ["what changed between two editions", `/${DESK}/since`],
  ["search results", `/${DESK}/search?q=railway`],
];

/** What axe finds, a line for each rule with the first elements that break it. */
async function faults(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude("iframe.captured-frame").analyze();
  return violations.map(({ id, nodes }) => {
    const first = nodes.slice(0, 3).map(({ target, any }) => `${target.join(" ")} (${any[0]?.message ?? ""})`);
    return `${id}, ${nodes.length} times: ${first.join("; ")}`;
  });
}

async function examine(page, ready) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await ready(page);
    found.push(...(await faults(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  for (const width of NARROW) {
    await page.setViewportSize({ width, height: 844 });
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return null;
      const wide = [...document.querySelectorAll("body *")].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 1 && element.children.length === 0,
      );
      return `${scrollWidth} px: ${wide.slice(0, 4).map((element) => element.outerHTML.slice(0, 120))}`;
    });
    if (beyond) found.push(`at ${width} px the page is wider than the window: ${beyond}`);
  }
  assert.ok(found.length === 0, found.join("\n"));
}

const test = (whose, path, ready, turn) => async (world) => {
  const context = whose ? world.made(whose) : await world.visitor();
  const page = await context.newPage();
  await page.goto(path);
  if (turn) await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
  await examine(page, ready);
  await page.close();
};

const named = (list, name, ...rest) =>
  list.map(([what, path, ready = () => undefined]) => [name(what), test(rest[0], path, ready, rest[1])]);

async function missing(world) {
  const page = await world.page();
  world.troubles.allow(/status of 404/);
  await page.goto(`/${DESK}/editions/no-such-edition`);
  await examine(page, () => undefined);
}

async function secondFactor(world) {
  const page = await world.made("chief").newPage();
  await page.goto("/newsroom/account");
  await page.getByRole("button", { name: "Set up another app" }).click();
  await page.getByRole("heading", { name: "Set up an authenticator app" }).waitFor();
  await examine(page, () => undefined);
  await page.close();
}

export default Object.fromEntries([
  ...named(PUBLIC, (what) => what),
  ...named(ROOM, (what) => what, "chief"),
  ["an address that leads nowhere", missing],
  ["the form of a second factor", secondFactor],
  ...named(TURNED, (what) => `${what}, from right to left`, null, true),
]);
