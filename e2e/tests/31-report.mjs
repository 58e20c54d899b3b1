// An outlet publishes something new; it comes into the inbox and goes on from there.
import assert from "node:assert/strict";
import { until } from "../lib/wait.mjs";
import { DESK } from "../lib/world.mjs";

/** What Chekad, a Persian agency of the exercise, publishes while the program runs. */
const REPORT = "دولت لایحه اصلاح‌شده بودجه را بدون نرخ سوم گازوئیل فرستاد";
const PASSAGE = "عوارض چهار درصدی بر صادرات پتروشیمی";
const EVENT = "The government sent the amended budget bill to Parliament.";

const inbox = `/newsroom/${DESK}/inbox`;
/** The agency's own report; a daily prints it again a little later. */
const report = (page) => page.locator("[data-item]").filter({ hasText: REPORT }).filter({ hasText: "Chekad" });
/** Opens the report, and before it what it is folded under as another outlet's story. */
async function read(page) {
  const folded = report(page).locator("xpath=ancestor::details[not(@open)]");
  if ((await folded.count()) > 0) await folded.locator("summary").click();
  await report(page).locator(".inbox-open").click();
}
const current = (page) => page.locator("[data-item][aria-current=true]");

/** Whether the agency's feed has the new report. */
async function isPublished(outlets) {
  const feed = await fetch(`${outlets}/chekad/feed.xml`);
  return (await feed.text()).includes(REPORT);
}

export default {
  async "a press on the button collects what an outlet published meanwhile"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(inbox);
    assert.equal(await report(page).count(), 0, "it is not published yet");
    await until("the simulator publishes the report", () => isPublished(world.program.outlets), 150_000);
    await page.getByRole("button", { name: "Look at the sources now" }).click();
    await page.getByText("The sources were looked at.").waitFor({ timeout: 60_000 });
    await report(page).waitFor({ state: "attached" });
    await page.close();
  },

  async "every document stands in its own direction and script"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(inbox);
    const persian = report(page);
    const title = persian.locator(".inbox-title");
    assert.equal(await title.getAttribute("dir"), "rtl");
    assert.equal(await title.getAttribute("lang"), "fa");
    assert.equal(await title.evaluate((element) => getComputedStyle(element).direction), "rtl");
    const russian = page.locator(".inbox-title[lang=ru]").first();
    assert.equal(await russian.getAttribute("dir"), "ltr");
    await read(page);
    const pane = page.getByRole("region", { name: "Reading" });
    await pane.locator(".captured[dir=rtl][lang=fa]").getByText(PASSAGE).waitFor();
    await pane.getByText("23 November 2026").first().waitFor();
    assert.equal(await page.locator("html").getAttribute("dir"), "ltr", "the newsroom itself stays as it is");
    await page.close();
  },

  async "keys go through the inbox and sort it"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(inbox);
    const items = page.locator("[data-item]");
    const id = (index) => items.nth(index).getAttribute("data-id");
    await page.keyboard.press("j");
    await until("the second is current", async () => (await current(page).getAttribute("data-id")) === (await id(1)));
    await page.keyboard.press("k");
    await until("the first is current", async () => (await current(page).getAttribute("data-id")) === (await id(0)));
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const later = await id(2);
    await until("the third is current", async () => (await current(page).getAttribute("data-id")) === later);
    const kept = page.waitForResponse((response) => response.url().endsWith(`/documents/${later}/triage`));
    await page.keyboard.press("l");
    assert.equal((await kept).status(), 204);
    await page.goto(`${inbox}?show=later`);
    await page.locator(`[data-item][data-id="${later}"]`).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.waitForURL(`**/newsroom/${DESK}/editions`);
    await page.close();
  },

  async "the key for citing sets a note in the draft"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(`${inbox}?show=all`);
    await read(page);
    await page.getByRole("region", { name: "Reading" }).getByText(PASSAGE).waitFor();
    await page.keyboard.press("c");
    await page.waitForURL("**/cite?document=*");
    world.keep("document", new URL(page.url()).searchParams.get("document"));
    await page.getByRole("radio", { name: PASSAGE }).first().check();
    const sentences = page.getByLabel("Paragraph");
    const fact = await sentences
      .locator("option")
      .filter({ hasText: world.made("fact").slice(0, 60) })
      .first();
    await sentences.selectOption(await fact.getAttribute("value"));
    await page.getByRole("button", { name: "Set the note" }).click();
    await page.getByText("The note was set.").waitFor();
    await page.locator(".ProseMirror p[data-kind=prose] [data-citation]").waitFor();
    world.keep("passage", PASSAGE);
    world.keep("report", REPORT);
    await page.close();
  },

  async "the key for events opens the form, and a place is found in Persian script"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(`${inbox}?show=all`);
    await read(page);
    await page.getByRole("region", { name: "Reading" }).getByText(PASSAGE).waitFor();
    await page.keyboard.press("e");
    await page.waitForURL("**/events/new?document=*");
    await page.getByLabel("What happened, in a sentence or two").fill(EVENT);
    await page.getByLabel("Type").selectOption({ label: "Statement" });
    await page.getByLabel("Layer").selectOption({ label: "Anti-regime protests and strikes in Iran" });
    await page.getByLabel("Day it began").fill("2026-11-23");
    await page.getByLabel("Find a place, in any script").fill("تهران");
    await page.getByRole("button", { name: "Find" }).click();
    assert.equal(await page.getByLabel("What happened, in a sentence or two").inputValue(), EVENT, "nothing is lost");
    await page
      .getByRole("radio", { name: /^Tehran(?! Province)/ })
      .first()
      .check();
    await page.getByRole("radio", { name: PASSAGE }).first().check();
    await page.getByLabel("Credibility").selectOption("2");
    await page.getByRole("radio", { name: "Public map" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    const link = page.getByRole("link", { name: EVENT });
    world.keep("event", (await link.getAttribute("href")).split("/").at(-1));
    world.keep("event summary", EVENT);
    await page.close();
  },

  async "the event is on the newsroom's map and in its table"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(`/newsroom/${DESK}/map`);
    await page.locator("canvas.maplibregl-canvas").waitFor();
    const row = page.getByRole("row").filter({ hasText: EVENT });
    await row.waitFor();
    assert.match(await row.innerText(), /Tehran/);
    await row.getByRole("link", { name: "Chekad News Agency" }).waitFor();
    await page.close();
  },
};
