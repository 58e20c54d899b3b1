// From a document to a lead to an event, by keyboard; without scripts too.
import assert from "node:assert/strict";
import { until } from "../lib/wait.mjs";
import { DESK } from "../lib/world.mjs";

const inbox = `/newsroom/${DESK}/inbox`;
const leads = `/newsroom/${DESK}/leads`;
const WHAT = "Something that the browser test saw.";

/** Opens the first document in the pane and marks the beginning of its text; answers the words. */
async function marked(page) {
  await page.goto(inbox);
  const id = await page.locator("[data-item]").first().getAttribute("data-id");
  await page.locator("[data-item]").first().locator(".inbox-open").click();
  // The pane may hold it already, and then brings it anew.
  await page.locator(`[data-pane][data-id="${id}"]:not([aria-busy])`).waitFor();
  const words = await page.locator("[data-pane] .captured p").first().evaluate((paragraph) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const first = walker.nextNode();
    const end = Math.min(first.data.length, 24);
    getSelection().setBaseAndExtent(first, 0, first, end);
    return first.data.slice(0, end).trim();
  });
  return { id, words };
}

const dialog = (page) => page.getByRole("dialog", { name: "Make a lead" });

export default {
  async "a key makes a lead of what is marked, and another takes it back"(world) {
    const page = await world.made("editor").newPage();
    const { words } = await marked(page);
    await page.keyboard.press("m");
    const passage = dialog(page).getByLabel("The words that say so");
    await passage.waitFor();
    assert.equal(await passage.inputValue(), words);
    await page.keyboard.press("Control+Enter");
    await page.getByText("The lead is made.").waitFor();
    assert.equal(await dialog(page).count(), 0);
    await page.getByRole("region", { name: "Reading" }).getByText("One lead of it").waitFor();
    await page.keyboard.press("z");
    await page.getByText("Taken back.").waitFor();
    await until("the lead is gone", async () => (await page.getByText("One lead of it").count()) === 0);
    await page.close();
  },

  async "a lead is answered by yes, and document, lead and event lead to each other"(world) {
    const page = await world.made("editor").newPage();
    const { id } = await marked(page);
    await page.keyboard.press("m");
    const what = dialog(page).getByLabel("What seems to have happened");
    await what.waitFor();
    await what.fill(WHAT);
    await dialog(page).getByLabel("Find another, in any script").fill("الصالحية");
    await page.keyboard.press("Enter");
    await dialog(page).getByRole("radio", { name: /Salihiyah/ }).first().waitFor();
    assert.equal(await what.inputValue(), WHAT, "what was typed stays");
    await dialog(page).getByRole("radio", { name: /Salihiyah/ }).first().check();
    await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The lead is made.").waitFor();
    await page.goto(leads);
    await page.keyboard.press("j");
    await page.locator('[data-row][aria-current="true"]').getByText(WHAT).waitFor();
    await page.keyboard.press("y");
    await page.waitForURL(/events\/new\?lead=/);
    assert.equal(await page.getByLabel("What happened, in a sentence or two").inputValue(), WHAT);
    await page.getByRole("radio", { name: "Newsroom only" }).check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The event is coded and the lead taken.").waitFor();
    await page.goto(`/${DESK}/documents/${id}`);
    const thread = page.locator(".thread li").filter({ hasText: "Lead" });
    await thread.getByRole("link", { name: WHAT }).last().click();
    await page.waitForURL(/\/events\//);
    await page.locator(".thread li").filter({ hasText: "Lead" }).getByRole("link").first().click();
    await page.getByText("taken by").waitFor();
    await page.close();
  },

  async "a lead is refused with a reason, by keyboard"(world) {
    const page = await world.made("editor").newPage();
    await marked(page);
    await page.keyboard.press("m");
    await dialog(page).getByLabel("What seems to have happened").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("The lead is made.").waitFor();
    await page.goto(leads);
    await page.keyboard.press("j");
    await page.keyboard.press("n");
    await page.keyboard.type("An old report.");
    await page.keyboard.press("Enter");
    await page.getByText("The lead is refused.").waitFor();
    await page.goto(`${leads}?status=refused`);
    await page.getByText("An old report.").first().waitFor();
    await page.close();
  },

  async "a lead is made and answered without scripts"(world) {
    const page = await world.withoutScript("editor");
    await page.goto(inbox);
    await page.getByRole("link", { name: /Make a lead/ }).click();
    await page.getByLabel("What seems to have happened").fill("Told without scripts.");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The lead is made; it waits").waitFor();
    await page.goto(leads);
    const lead = page.locator("[data-row]").filter({ hasText: "Told without scripts." });
    await lead.getByText("No", { exact: true }).or(lead.locator("summary")).first().click();
    await lead.getByLabel("Why not").fill("A test.");
    await lead.getByRole("button", { name: "Refuse it" }).click();
    await page.getByText("The lead is refused.").waitFor();
    await page.getByRole("button", { name: /Undo/ }).click();
    await page.getByText("Taken back.").waitFor();
    await page.locator("[data-row]").filter({ hasText: "Told without scripts." }).waitFor();
    await page.close();
  },
};
