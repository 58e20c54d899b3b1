/** Copy buttons for texts that stand on the page. */
import { button, el } from "../dom";

/** Puts a button behind each `[data-copy]`; its value names the text. */
export function copyButtons(root: ParentNode): void {
  for (const text of root.querySelectorAll<HTMLElement>("[data-copy]")) {
    const said = el("span", { class: "copy-said", role: "status" });
    const copy = async (): Promise<void> => {
      try {
        await navigator.clipboard.writeText(text.textContent ?? "");
        said.textContent = "Copied.";
      } catch {
        getSelection()?.selectAllChildren(text);
        said.textContent = "The browser did not let it be copied; it is selected now.";
      }
    };
    const label = `Copy ${text.dataset.copy ?? ""}`.trim();
    const foot = text.nextElementSibling ?? text;
    foot.append(
      " ",
      button(label, () => void copy()),
      " ",
      said,
    );
  }
}
