/** Keys of the newsroom: the documents of the inbox, and every `data-key` of the page. */
import { takesText } from "./dom";
import { Inbox } from "./inbox/inbox";
import { keyList } from "./inbox/key-list";
import { KeySequence } from "./inbox/keys";
import { Rows } from "./inbox/rows";

const element = document.querySelector<HTMLElement>('[data-island="inbox"]');
const inbox = element ? new Inbox(element) : null;
const list = document.querySelector<HTMLElement>('[data-island="rows"]');
const rows = list ? new Rows(list) : null;
const sequence = new KeySequence();
keyList(document, matchMedia("(min-width: 56rem)").matches);

const keyed = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-key]")];

/** On by so many documents, or rows, of the page; whether it has any. */
function moved(by: number): boolean {
  if (inbox) void inbox.move(by);
  else rows?.move(by);
  return inbox !== null || rows !== null;
}

function act(keys: string): boolean {
  if (keys === "j" || keys === "k") return moved(keys === "j" ? 1 : -1);
  if (inbox && keys === "o" && inbox.current) {
    void inbox.show(inbox.current);
    return true;
  }
  if (rows?.press(keys)) return true;
  const target = keyed().find((node) => node.dataset.key === keys);
  if (target instanceof HTMLElement && takesText(target)) {
    target.closest("details")?.setAttribute("open", "");
    target.focus();
  } else {
    target?.click();
  }
  return target !== undefined;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (takesText(event.target) || document.querySelector("dialog[open]")) return;
  const known = keyed().map((node) => node.dataset.key ?? "");
  const keys = sequence.press(event.key, known, Date.now());
  if (keys !== null && act(keys)) event.preventDefault();
});
