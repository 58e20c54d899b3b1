// The editor of an edition, as a writer uses it.
import { until } from "./wait.mjs";

export const text = (page) => page.locator(".ProseMirror");

/** Opens a page with the editor and waits until it runs. */
export async function open(page, path) {
  await page.goto(path);
  await text(page).waitFor();
}

/** Saves by the key and waits until everything typed is kept. */
export async function save(page) {
  await page.keyboard.press("Control+s");
  await page.locator(".editor-status[data-state='saved']").waitFor();
}

/** Selects words in the text, as a mouse would. */
export async function select(page, words) {
  await text(page).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(wanted);
      if (at < 0) continue;
      root.focus();
      getSelection().setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`not in the text: ${wanted}`);
  }, words);
  // The editor takes a selection over when the browser tells it.
  await until("the selection", () => page.evaluate((wanted) => getSelection().toString() === wanted, words));
}

/** Puts the cursor right behind words of the text. */
export async function behind(page, words) {
  await select(page, words);
  await page.keyboard.press("ArrowRight");
}

/** Presses a button of the bar over the text. */
export const press = (page, name) =>
  page.getByRole("group", { name: "Editing" }).getByRole("button", { name, exact: true }).click();

/** The dialog that is open. */
export const dialog = (page) => page.locator("dialog[open]");

/** Finds something in a picker of the open dialog and takes it. */
export async function pick(page, field, query, title = query) {
  const inside = dialog(page);
  await inside.getByLabel(field).fill(query);
  await inside.locator(".picker-results button").filter({ hasText: title }).first().click();
}

/** The findings beside the text, once the checks have answered for what is written. */
export const findings = (page) => page.locator(".editor-side .finding");
