/** What somebody marked in the text of the reading pane. */

/** What stands in the pane's text and not in the document's: what things are called here, and the translation. */
const OURS = ".gloss, .beside";

/** The marked words of the document's own text, paragraphs divided by line breaks; nothing where none of it is marked. */
export function marked(pane: Element, selection: Selection | null): string {
  const text = pane.querySelector(".captured");
  if (!text || !selection || selection.rangeCount === 0 || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return "";
  const start = range.startContainer.parentElement;
  if (start?.closest(OURS)) return "";
  const copy = range.cloneContents();
  for (const ours of copy.querySelectorAll(OURS)) ours.remove();
  const paragraphs = [...copy.querySelectorAll("p")];
  const parts = paragraphs.length > 0 ? paragraphs : [copy];
  return parts
    .map((part) => (part.textContent ?? "").replace(/\s+/g, " ").trim())
    .filter((part) => part !== "")
    .join("\n");
}
