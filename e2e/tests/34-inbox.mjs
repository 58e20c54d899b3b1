// The day's reading by keyboard: decide, take back, give a task, see why; without scripts too.
import assert from "node:assert/strict";
import { until } from "../lib/wait.mjs";
import { DESK } from "../lib/world.mjs";

const inbox = `/newsroom/${DESK}/inbox`;
const current = (page) => page.locator("[data-item][aria-current=true]");
const pane = (page) => page.getByRole("region", { name: "Reading" });

/** Goes to the first document that can be decided about, and answers its id. */
async function first(page) {
  await page.goto(inbox);
  const id = await page.locator("[data-item]").first().getAttribute("data-id");
  await page.locator("[data-item]").first().locator(".inbox-open").click();
  await page.locator(`[data-pane][data-id="${id}"]`).waitFor();
  return id;
}

export default {
  async "a key drops a document, another brings it back"(world) {
    const page = await world.made("editor").newPage();
    const id = await first(page);
    const item = page.locator(`[data-item][data-id="${id}"]`);
    await page.keyboard.press("d");
    await page.getByText("Dropped.").waitFor();
    assert.equal(await item.getAttribute("data-state"), "dropped");
    assert.notEqual(await current(page).getAttribute("data-id"), id, "the next one is open");
    await page.keyboard.press("z");
    await page.getByText("Taken back.").waitFor();
    assert.equal(await item.getAttribute("data-state"), "new");
    assert.equal(await current(page).getAttribute("data-id"), id);
    await page.goto(inbox);
    assert.equal(await item.getAttribute("data-state"), "new", "the record says so too");
    await page.close();
  },

  async "on a phone a document opens over the list, and the list is come back to"(world) {
    const storageState = await world.made("editor").storageState();
    const page = await world.page({ storageState, viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.goto(inbox);
    const item = page.locator("[data-item]").nth(2);
    const title = await item.locator(".inbox-title").innerText();
    await item.locator(".inbox-open").tap();
    const heading = pane(page).getByRole("heading", { level: 2, name: title });
    await heading.waitFor();
    const { y } = await heading.boundingBox();
    assert.ok(y > 0 && y < 400, `its title stands at ${y}`);
    await pane(page).getByRole("link", { name: "Back to the list" }).tap();
    await until("the focus is on the line again", () =>
      item.locator(".inbox-open").evaluate((link) => link === document.activeElement),
    );
    assert.ok(await item.locator(".inbox-open").isVisible());
  },

  async "a key makes a document one's task, and the filter finds it"(world) {
    const page = await world.made("editor").newPage();
    const id = await first(page);
    await page.keyboard.press("a");
    await page.getByText("The task is set.").waitFor();
    await pane(page).locator(".entry-meta").getByText("task of").waitFor();
    await page.goto(`${inbox}?show=all&task=me`);
    await page.locator(`[data-item][data-id="${id}"]`).waitFor();
    await page.getByRole("region", { name: "Reading" }).getByText("Why is it here").click();
    await pane(page).getByText("it is assigned to you").waitFor();
    await page.keyboard.press("z");
    await page.getByText("Taken back").waitFor();
    await page.close();
  },

  async "dates and numbers of a Persian report are told in the desk's terms"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(`${inbox}?show=all&language=fa`);
    const dated = pane(page).locator('.named[data-kind="date"] + .gloss');
    for (let step = 0; step < 12 && (await dated.count()) === 0; step += 1) {
      const before = await current(page).getAttribute("data-id");
      await page.keyboard.press("j");
      await until("the next is open", async () => (await current(page).getAttribute("data-id")) !== before);
      const id = await current(page).getAttribute("data-id");
      await page.locator(`[data-pane][data-id="${id}"]`).waitFor();
    }
    assert.match(await dated.first().innerText(), /^[\d– ]*\d{1,2} [A-Z][a-z]+ \d{4}/);
    await page.keyboard.press("h");
    assert.ok(!(await dated.first().isVisible()), "the marks can be put away");
    await page.close();
  },

  async "what two people read is seen by the other"(world) {
    const [one, other] = [await world.made("editor").newPage(), await world.made("chief").newPage()];
    const id = await first(one);
    await other.goto(`${inbox}?show=all&doc=${id}`);
    await pane(other).getByText("read by").waitFor();
    await one.close();
    await other.close();
  },
};
