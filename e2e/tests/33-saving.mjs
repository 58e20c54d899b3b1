// The same edition as Markdown, saves that come too late, and what the checks have to say.
import assert from "node:assert/strict";
import { behind, dialog, findings, open, pick, press, save, text } from "../lib/editor.mjs";
import { until } from "../lib/wait.mjs";

const TOPIC = "The pension funds are promised three years instead of one.";
const UNSOURCED = "The spokesman told reporters on November 23 that the debt of the funds stays with the state.";
const EVIDENCE = "بدهی صندوق‌های بازنشستگی همچنان به دولت منتقل می‌شود";
const MINE = "My own words, typed too late.";

const form = (page) => page.getByLabel("The edition, in the desk's Markdown");

/** The text with one more paragraph at its end, and the takeaway that announces it. */
function longer(markdown) {
  const paragraph = `**${TOPIC}** ${UNSOURCED} The bill names no source of the money.\n{#pensions}\n\n`;
  const [before, notes] = [
    markdown.slice(0, markdown.indexOf("\n[^") + 1),
    markdown.slice(markdown.indexOf("\n[^") + 1),
  ];
  return (before + paragraph + notes).replace(/^(1\. .*\n)/m, `$12. ${TOPIC} {announces=pensions}\n`);
}

export default {
  async "the edition is written on as Markdown, without any script"(world) {
    const page = await world.withoutScript("editor");
    await page.goto(world.made("draft"));
    const markdown = await form(page).inputValue();
    assert.ok(markdown.includes(world.made("topic")), markdown);
    assert.ok(markdown.includes(world.made("passage")), markdown);
    await form(page).fill(longer(markdown));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    const kept = await form(page).inputValue();
    assert.ok(kept.includes(TOPIC) && kept.includes(UNSOURCED));
    await form(page).fill(kept);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    assert.equal(await form(page).inputValue(), kept, "what was written is read back without loss");
    const chief = await world.made("chief").newPage();
    await open(chief, world.made("draft"));
    await text(chief).getByText(UNSOURCED).waitFor();
    await chief.close();
  },

  async "a form sent for an older version is refused, and its text shown again"(world) {
    const [first, second] = [await world.withoutScript("editor"), await world.withoutScript("chief")];
    await first.goto(world.made("draft"));
    await second.goto(world.made("draft"));
    const markdown = await form(first).inputValue();
    await form(first).fill(markdown.replace("names no source of the money", "names no clear source of the money"));
    await first.getByRole("button", { name: "Save", exact: true }).click();
    await first.getByText("Saved.").waitFor();
    await form(second).fill(`${markdown}\n${MINE}\n`);
    world.troubles.allow(/status of 412/);
    const answered = second.waitForResponse((response) => response.request().method() === "POST");
    await second.getByRole("button", { name: "Save", exact: true }).click();
    assert.equal((await answered).status(), 412);
    await second.getByRole("alert").getByText("It was not saved").waitFor();
    assert.ok((await form(second).inputValue()).includes(MINE));
  },

  async "the editor refuses a stale save too, and a person decides"(world) {
    const [first, second] = [await world.made("editor").newPage(), await world.made("chief").newPage()];
    await open(first, world.made("draft"));
    await open(second, world.made("draft"));
    await behind(first, "names no clear source of the money");
    await first.keyboard.type(" yet");
    await save(first);
    world.troubles.allow(/status of 412/);
    await behind(second, "names no clear source of the money.");
    await second.keyboard.type(` ${MINE}`);
    await second.keyboard.press("Control+s");
    const notice = second.locator(".editor-stale");
    await notice.getByText("Nothing was merged.").waitFor();
    assert.ok((await text(second).innerText()).includes(MINE), "what was typed stays on the screen");
    await notice.getByRole("button", { name: "Drop my text, take theirs" }).click();
    await notice.getByRole("button", { name: "Really drop my text?" }).click();
    await text(second).getByText("names no clear source of the money yet.").waitFor();
    assert.ok(!(await text(second).innerText()).includes(MINE));
    await first.close();
    await second.close();
  },

  async "the checks object to the sentence without a source, and it is mended"(world) {
    const page = await world.made("editor").newPage();
    await open(page, world.made("draft"));
    const unsourced = findings(page).filter({ hasText: "unsourced-sentence" });
    await unsourced.filter({ hasText: UNSOURCED.slice(0, 40) }).waitFor();
    await behind(page, UNSOURCED);
    await press(page, "Cite");
    await pick(page, "Find a document, in any script", "لایحه اصلاح‌شده بودجه", /chekad/i);
    const area = dialog(page).getByLabel("Select the words that the sentence rests on");
    await area.evaluate((field, words) => {
      const at = field.value.indexOf(words);
      field.setSelectionRange(at, at + words.length);
    }, EVIDENCE);
    await dialog(page).getByRole("button", { name: "Take the selected words" }).click();
    await dialog(page).locator(".reference-line blockquote", { hasText: EVIDENCE }).waitFor();
    await dialog(page).getByRole("button", { name: "Keep these references" }).click();
    await save(page);
    await until("the finding is gone", async () => (await unsourced.count()) === 0);
    await page.close();
  },
};
