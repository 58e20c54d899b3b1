// A figure was wrong: the correction is public, what changed is shown, and what stood before can still be read.
import assert from "node:assert/strict";
import { DESK } from "../lib/world.mjs";

const NOTE = "The levy is five percent, not four. The figure was corrected.";

export default {
  async "an editor publishes a correction"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(`${world.made("draft")}/review`);
    await page.getByRole("link", { name: "Correct", exact: true }).click();
    const text = page.getByLabel("The corrected edition, in the desk's Markdown");
    const before = await text.inputValue();
    await text.fill(before.replace("a levy of four percent", "a levy of five percent"));
    await page.getByLabel("What was wrong, and what was done, for readers").fill(NOTE);
    await page.getByRole("button", { name: "Publish the correction" }).click();
    await page.getByText("The correction is public.").waitFor();
    await page.close();
  },

  async "readers see what was corrected, and what changed"(world) {
    const page = await world.page();
    await page.goto(world.made("edition"));
    await page.locator("#corrections").getByText(NOTE).waitFor();
    await page.locator(".sentence", { hasText: "a levy of five percent" }).waitFor();
    const versions = page.getByRole("region", { name: "Versions" });
    await versions.getByRole("link", { name: "What changed", exact: true }).click();
    const line = page.locator(".statements li").filter({ hasText: "levy" }).first();
    assert.match(await line.locator("del").first().innerText(), /four/);
    assert.match(await line.locator("ins").first().innerText(), /five/);
  },

  async "a sentence says how it read before"(world) {
    const page = await world.page();
    await page.goto(world.made("edition"));
    await page.locator(".sentence", { hasText: "a levy of five percent" }).locator(".sentence-link").click();
    assert.match(await page.locator("main del").first().innerText(), /four/);
    assert.match(await page.locator("main ins").first().innerText(), /five/);
  },

  async "as of an earlier moment, the edition stands as it was"(world) {
    const page = await world.page();
    await page.goto(world.made("edition"));
    const first = page.getByRole("region", { name: "Versions" }).getByRole("link").first();
    await first.click();
    assert.match(page.url(), /\?as_of=/);
    await page.getByText("As known on").waitFor();
    await page.locator(".sentence", { hasText: "a levy of four percent" }).waitFor();
    assert.equal(await page.locator("#corrections").count(), 0);
    await page.getByRole("link", { name: "Show it as known now" }).click();
    await page.locator(".sentence", { hasText: "a levy of five percent" }).waitFor();
  },

  async "as of a day before it, the edition is not there, on any page"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}?as_of=2026-11-20`);
    assert.equal(await page.getByRole("link", { name: world.made("title") }).count(), 0);
    await page.goto(`/${DESK}/map?as_of=2026-11-20`);
    assert.equal(
      await page
        .getByRole("row")
        .filter({ hasText: world.made("event summary") })
        .count(),
      0,
    );
    await page.goto(`/${DESK}/search?as_of=2026-11-20&q=${encodeURIComponent('"third price for diesel"')}`);
    assert.equal(await page.getByRole("link", { name: world.made("title") }).count(), 0);
  },

  async "one click in the mail program ends the subscription"(world) {
    const answer = await fetch(world.made("leave"), {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    assert.equal(answer.status, 200);
    const page = await world.made("chief").newPage();
    await page.goto(`/newsroom/${DESK}/subscribers`);
    await page.getByRole("table", { name: /Subscribers/ }).waitFor();
    assert.equal(await page.getByText(world.made("address")).count(), 0, "the address is erased");
    await page.close();
  },
};
