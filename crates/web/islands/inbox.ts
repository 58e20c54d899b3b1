/** Keys of the newsroom: the documents of the inbox, and every `data-key` of the page. */
import { takesText } from "./dom";
import { Inbox } from "./inbox/inbox";
import { keyList } from "./inbox/key-list";
import { KeySequence } from "./inbox/keys";

const element = document.querySelector<HTMLElement>('[data-island="inbox"]');
const inbox = element ? new Inbox(element) : null;
const sequence = new KeySequence();
keyList(document, matchMedia("(min-width: 56rem)").matches);

function named(keys: string): HTMLElement | null {
  const places = [inbox?.current ?? null, document].filter((place) => place !== null);
  for (const place of places) {
    const found = [...place.querySelectorAll<HTMLElement>("[data-key]")].find((node) => node.dataset.key === keys);
    // A key of another document's own buttons is not this document's.
    if (found && (place !== document || !found.closest("[data-item]"))) return found;
  }
  return null;
}

const known = (): string[] =>
  [...document.querySelectorAll<HTMLElement>("[data-key]")].map((node) => node.dataset.key ?? "");

function act(keys: string): boolean {
  if (inbox && (keys === "j" || keys === "k")) {
    inbox.move(keys === "j" ? 1 : -1);
    return true;
  }
  const target = named(keys);
  target?.click();
  return target !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (takesText(event.target) || document.querySelector("dialog[open]")) return;
  const keys = sequence.press(event.key, known(), Date.now());
  if (keys !== null && act(keys)) event.preventDefault();
});
