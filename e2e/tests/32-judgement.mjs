// What it means: an assessment, tied to a sentence of the draft; and the sentence's other threads.
import assert from "node:assert/strict";
import { behind, dialog, open, pick, press, save, select, text } from "../lib/editor.mjs";
import { DESK } from "../lib/world.mjs";

const STATEMENT =
  "The amended budget passes its first vote by a margin of at least ten deputies before December 15, 2026.";

export default {
  async "an assessment is made with likelihood, confidence, horizon and evidence"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(`/newsroom/${DESK}/assessments/new`);
    await page.getByLabel("The judgement, in one sentence").fill(STATEMENT);
    await page.getByLabel("Likelihood (of the event)").selectOption("likely");
    await page.getByLabel("Confidence (in the evidence)").selectOption("moderate");
    await page.getByLabel("Speaks until").fill("2026-12-14");
    await page.getByLabel("Evidence", { exact: true }).selectOption(world.made("document"));
    await page.getByLabel("What would change it, a line each").fill("A text with another third price.");
    await page.getByRole("button", { name: "Make the assessment" }).click();
    await page.getByText("Made.", { exact: true }).waitFor();
    await page.getByRole("heading", { level: 1, name: STATEMENT }).waitFor();
    world.keep("assessment", new URL(page.url()).pathname.split("/").at(-1));
    world.keep("statement", STATEMENT);
    await page.close();
  },

  async "sentences are tied to the event and to the assessment"(world) {
    const page = await world.made("chief").newPage();
    await open(page, world.made("draft"));
    await behind(page, "A spokesman said");
    await press(page, "Sentence");
    await pick(page, "Find an event that the sentence reports", "amended budget", world.made("event summary"));
    await dialog(page).getByRole("button", { name: "Keep" }).click();
    await behind(page, "The bill is likely");
    await press(page, "Sentence");
    await pick(page, "Find the assessment that the sentence carries", "margin", STATEMENT);
    await dialog(page).getByLabel("The sentence", { exact: true }).selectOption("made");
    await dialog(page).getByRole("button", { name: "Keep" }).click();
    await save(page);
    await open(page, world.made("draft"));
    const sentence = (className) => text(page).locator(`.${className}`).first();
    assert.equal(await sentence("sentence-with-event").getAttribute("data-events"), world.made("event"));
    assert.match(await sentence("sentence-with-judgement").getAttribute("data-judgement"), /"made"/);
    await page.close();
  },

  async "words are tied to a sentence of an earlier edition, and the cut-off is set"(world) {
    const page = await world.made("chief").newPage();
    await open(page, world.made("draft"));
    await select(page, "as assessed on November 20");
    await press(page, "Refer");
    await pick(page, "Find an edition", "November 20, 2026");
    await dialog(page)
      .getByRole("button", { name: /A first vote in favor before December 15 remains likely/ })
      .click();
    await page.getByLabel("Data cut-off, UTC").fill("2026-11-24T17:00");
    await page.getByLabel("Authors (a semicolon between two)").fill("Noor Castellane; Ilse Varga");
    await text(page).click();
    await save(page);
    await open(page, world.made("draft"));
    const reference = text(page).locator(".cross-reference");
    assert.equal(await reference.getAttribute("data-edition"), "iran-2026-11-20");
    assert.match(await reference.getAttribute("data-sentence-id"), /s-amended$/);
    assert.equal(await page.getByLabel("Data cut-off, UTC").inputValue(), "2026-11-24T17:00");
    await page.close();
  },
};
