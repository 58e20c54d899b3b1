// Without a mouse, and without scripts.
import assert from "node:assert/strict";
import { DESK } from "../lib/world.mjs";

/** More stops than any page has. */
const LONGEST = 1000;
const EDITION = `/${DESK}/editions/2026-11-20`;

/** What a keyboard must reach, marked with numbers; radio buttons of one group are one stop. */
function mark() {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex='0']";
  const groups = new Set();
  let number = 0;
  for (const element of document.querySelectorAll(can)) {
    if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.type === "radio") {
      if (groups.has(element.name)) continue;
      groups.add(element.name);
    }
    element.dataset.stop = String(number);
    number += 1;
  }
}

/** Where the focus is, and whether it can be seen. */
function here() {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const style = getComputedStyle(element);
  const hasOutline = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const { width, height } = element.getBoundingClientRect();
  return {
    stop: element.dataset.stop,
    what: element.outerHTML.slice(0, 100),
    isVisible: (hasOutline || style.boxShadow !== "none") && width > 0 && height > 0,
  };
}

async function walk(page) {
  await page.evaluate(mark);
  const reached = new Set();
  const unseen = [];
  for (let step = 0; step < LONGEST; step += 1) {
    await page.keyboard.press("Tab");
    const place = await page.evaluate(here);
    if (!place) break;
    if (step === 0) assert.match(place.what, /class="skip"/, "the first stop skips to the text");
    if (place.stop !== undefined && reached.has(place.stop)) break;
    if (place.stop !== undefined) reached.add(place.stop);
    if (!place.isVisible) unseen.push(place.what);
  }
  assert.deepEqual(unseen, [], "the focus can't be seen");
  const missed = await page.evaluate(
    (known) =>
      [...document.querySelectorAll("[data-stop]")]
        .filter((element) => !known.includes(element.dataset.stop) && element.checkVisibility())
        .map((element) => element.outerHTML.slice(0, 100)),
    [...reached],
  );
  assert.deepEqual(missed, [], "Tab does not come to");
}

export default {
  async "Tab comes to everything on the front page"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}`);
    await walk(page);
  },

  async "Tab comes to everything in an edition"(world) {
    const page = await world.page();
    await page.goto(EDITION);
    await walk(page);
  },

  async "Tab comes to everything in the inbox"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(`/newsroom/${DESK}/inbox`);
    await walk(page);
    await page.close();
  },

  async "the skip link leads past the head of the page"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  },

  async "without scripts, the pages show what they have to show"(world) {
    const page = await world.page({ javaScriptEnabled: false });
    const shows = async (path, locator, least) => {
      await page.goto(path);
      assert.ok((await locator.count()) >= least, path);
    };
    await shows(`/${DESK}`, page.locator(".lead-edition ol li"), 3);
    await shows(EDITION, page.locator(".para"), 4);
    await shows(EDITION, page.locator(".notes-list li"), 20);
    await shows(`/${DESK}/assessments`, page.locator(".card"), 10);
    await shows(`/${DESK}/map`, page.locator(".map-table tbody tr"), 20);
    await shows(`/${DESK}/search?q=railway`, page.locator(".entry"), 10);
  },

  async "without scripts, the map's table is asked for other days"(world) {
    const page = await world.page({ javaScriptEnabled: false });
    await page.goto(`/${DESK}/map`);
    const rows = page.locator(".map-table tbody tr");
    const before = await rows.count();
    await page.getByLabel("From").fill("2026-11-16");
    await page.getByLabel("to", { exact: true }).fill("2026-11-17");
    await page.getByRole("button", { name: "Show" }).first().click();
    assert.match(page.url(), /from=2026-11-16/);
    const after = await rows.count();
    assert.ok(after > 0 && after < before, `${before} rows, then ${after}`);
  },
};
