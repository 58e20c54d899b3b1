// A reader follows a sentence to its captured page, the event, the assessment and the earlier edition; and back.
import assert from "node:assert/strict";
import { DESK } from "../lib/world.mjs";

const kind = (page, name) =>
  page.locator(".thread li").filter({ has: page.locator(".thread-kind", { hasText: name }) });

/** Opens what a sentence of the edition rests on. */
async function follow(page, world, sentence) {
  await page.goto(world.made("edition"));
  await page.locator(".sentence", { hasText: sentence }).locator(".sentence-link").click();
  await page.getByRole("heading", { name: "What this sentence rests on" }).waitFor();
}

export default {
  async "from a sentence to the passage in the captured page, and back"(world) {
    const page = await world.page();
    await follow(page, world, world.made("fact"));
    const document = kind(page, "Document");
    assert.match(await document.innerText(), new RegExp(world.made("passage")));
    await document.getByRole("link").click();
    assert.match(await page.locator("mark.passage").first().innerText(), new RegExp(world.made("passage")));
    const frame = page.locator("iframe.captured-frame");
    assert.equal(await frame.getAttribute("sandbox"), "", "the captured page may do nothing");
    await frame.scrollIntoViewIfNeeded();
    const captured = page.frameLocator("iframe.captured-frame");
    await captured.locator("mark").getByText(world.made("passage")).first().waitFor();
    assert.equal(await captured.locator("script").count(), 0);
    await kind(page, "Edition")
      .getByRole("link", { name: world.made("title") })
      .first()
      .click();
    await page.locator(`.sentence:target`, { hasText: "spokesman" }).waitFor();
  },

  async "from a note mark to its note, and back"(world) {
    const page = await world.page({ javaScriptEnabled: false });
    await page.goto(world.made("edition"));
    await page.locator(".para .note-mark").first().click();
    const note = page.locator(".notes-list li:target");
    await note.waitFor();
    await note.locator("a.note-back").click();
    await page.locator(".note-mark:target").waitFor();
  },

  async "from a sentence to the event, the event to the map, and back"(world) {
    const page = await world.page();
    await follow(page, world, world.made("fact"));
    await kind(page, "Event").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: world.made("event summary") }).waitFor();
    await kind(page, "Document")
      .getByRole("link", { name: world.made("report") })
      .waitFor();
    await kind(page, "Edition")
      .getByRole("link", { name: world.made("title") })
      .waitFor();
    await page.getByRole("navigation", { name: "Where you are" }).getByRole("link", { name: "Map" }).click();
    await page.locator("canvas.maplibregl-canvas").waitFor();
    const row = page.getByRole("row").filter({ hasText: world.made("event summary") });
    await row.getByRole("link", { name: world.made("event summary") }).click();
    await page.waitForURL(`**/events/${world.made("event")}**`);
  },

  async "from a judgement to the life of its assessment, and back"(world) {
    const page = await world.page();
    await follow(page, world, world.made("judgement"));
    await kind(page, "Assessment").getByRole("link").first().click();
    await page.getByRole("heading", { level: 1, name: world.made("statement") }).waitFor();
    const life = page.locator(".life li");
    assert.match(await life.first().innerText(), /made/);
    assert.match(await life.first().innerText(), /moderate confidence/);
    assert.match(await page.locator(".likelihood").first().innerText(), /^likely\s+55–80 %$/);
    await life.locator("a").last().click();
    await page.locator(".sentence:target", { hasText: "The bill is likely" }).waitFor();
  },

  async "from words to the earlier edition they refer to, and back"(world) {
    const page = await world.page();
    await page.goto(world.made("edition"));
    await page.locator("a.cross-reference", { hasText: "as assessed on November 20" }).click();
    await page.waitForURL(`**/${DESK}/editions/2026-11-20#t-*`);
    await page.locator(".sentence:target", { hasText: "A first vote in favor" }).waitFor();
    const later = page.getByRole("region", { name: "Later editions that rely on this one" });
    await later.getByRole("link", { name: world.made("title") }).click();
    await page.waitForURL(`**${world.made("edition")}**`);
  },

  async "a citation stands on the sentence's page, to be selected without JavaScript"(world) {
    const page = await world.page({ javaScriptEnabled: false });
    await follow(page, world, world.made("fact"));
    const entry = page.locator("pre[data-copy=BibTeX]");
    assert.match(await entry.innerText(), /^@misc\{/);
    assert.match(await page.locator("pre[data-copy=RIS]").innerText(), /TY {2}- RPRT/);
  },

  async "a name is found in every script, whichever is typed"(world) {
    const [reader, chief] = [await world.page(), await world.made("chief").newPage()];
    const found = async (page, words, kind) => {
      await page.goto(`/${DESK}/search?kind=${kind}&q=${encodeURIComponent(words)}`);
      return (await page.locator(".entry-title a").evaluateAll((all) => all.map(({ href }) => href))).sort();
    };
    // One invented deputy minister of the exercise: Persian, Arabic spelling, Russian, Latin.
    const [first, ...others] = ["زروانی", "زرواني", "Зарвани", "Zarvani"];
    const [editions, documents] = [await found(reader, first, "edition"), await found(chief, first, "document")];
    assert.ok(editions.length > 3, "the editions name him in Latin script");
    assert.ok(documents.length > 1, "the outlets name him in Persian script");
    for (const name of others) {
      assert.deepEqual(await found(reader, name, "edition"), editions, name);
      const same = await found(chief, name, "document");
      for (const document of documents) assert.ok(same.includes(document), `${name}: ${document}`);
    }
    await chief.close();
  },

  async "a reader finds the documents that editions rest on"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}/search?kind=document&q=${encodeURIComponent("صادرات پتروشیمی")}`);
    await page
      .locator(".entry-title a", { hasText: world.made("report") })
      .first()
      .waitFor();
  },

  async "the search finds the new edition at its sentence"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}`);
    await page.getByRole("searchbox", { name: "Search" }).fill('"third price for diesel"');
    await page.getByRole("search").getByRole("button", { name: "Search" }).click();
    const hit = page
      .locator(".entry")
      .filter({ hasText: world.made("title") })
      .first();
    await hit.getByRole("link").first().click();
    await page.locator(":target", { hasText: "third price for diesel" }).waitFor();
  },
};
