// An edition is begun, and its first paragraph written in the editor.
import assert from "node:assert/strict";
import { dialog, open, press, save, text } from "../lib/editor.mjs";
import { DESK } from "../lib/world.mjs";

const TOPIC = "Tehran has sent Parliament a budget without a third price for diesel.";
const FACT = "A spokesman said on November 23 that a levy of four percent on petrochemical exports takes its place.";
const JUDGEMENT = "The bill is likely to pass its first vote before December 15, as assessed on November 20.";

export default {
  async "an edition is begun with the desk's standing parts"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(`/newsroom/${DESK}/editions`);
    await page.getByRole("button", { name: "New edition" }).click();
    await text(page).waitFor();
    const { pathname } = new URL(page.url());
    assert.match(pathname, /\/editions\/iran-\d{4}-\d{2}-\d{2}$/);
    await text(page).getByRole("heading", { name: "Iranian Domestic and Political Affairs" }).waitFor();
    assert.equal(await text(page).locator(".part-scope").count(), 2);
    world.keep("draft", pathname);
    world.keep("slug", pathname.split(`/${DESK}-`)[1]);
    await page.close();
  },

  async "a paragraph and its takeaway are written, saved, and there after a new visit"(world) {
    const page = await world.made("chief").newPage();
    await open(page, world.made("draft"));
    // Each section opens with room for its first paragraph.
    await text(page).locator("p[data-kind=prose]").last().click();
    await page.keyboard.type(`${TOPIC} ${FACT} ${JUDGEMENT}`);
    await press(page, "Takeaway");
    await page.keyboard.type(TOPIC);
    await save(page);
    await open(page, world.made("draft"));
    await text(page).locator(".part-takeaway", { hasText: TOPIC }).waitFor();
    const paragraph = text(page).locator("p[data-kind=prose]", { hasText: TOPIC });
    assert.equal(await paragraph.innerText(), `${TOPIC} ${FACT} ${JUDGEMENT}`);
    assert.equal(await paragraph.locator("[data-sentence]").count(), 3, "it was split into sentences");
    world.keep("fact", FACT);
    world.keep("topic", TOPIC);
    world.keep("judgement", JUDGEMENT);
    await page.close();
  },

  async "the takeaway is tied to its paragraph"(world) {
    const page = await world.made("chief").newPage();
    await open(page, world.made("draft"));
    await text(page).locator(".part-takeaway").click();
    await press(page, "Paragraph");
    await dialog(page).getByLabel("Announces the paragraph").selectOption({ label: TOPIC });
    await dialog(page).getByRole("button", { name: "Keep" }).click();
    await save(page);
    await open(page, world.made("draft"));
    await page.locator(".editor-side .finding, .editor-side .empty").first().waitFor();
    assert.equal(await page.locator(".finding", { hasText: "takeaway" }).count(), 0);
    await page.close();
  },
};
