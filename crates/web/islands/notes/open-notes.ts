/** A tap on a note mark opens the note: in the margin where that is shown, else under the paragraph. */

/** The side notes of a paragraph: the `aside` right behind it. */
function beside(mark: Element): HTMLElement | null {
  const paragraph = mark.closest(".para, li, blockquote, figure, .notice, p");
  const next = paragraph?.nextElementSibling;
  return next instanceof HTMLElement && next.classList.contains("side-notes") ? next : null;
}

function noteOf(mark: HTMLElement, notes: HTMLElement): HTMLElement | null {
  const label = mark.textContent?.trim();
  const all = [...notes.querySelectorAll<HTMLElement>(".side-note")];
  return all.find((note) => note.querySelector(".note-number")?.textContent?.trim() === label) ?? null;
}

/** Whether the margin column is shown on this screen, whatever is open. */
function hasMargin(notes: HTMLElement): boolean {
  return !notes.classList.contains("open") && getComputedStyle(notes).display !== "none";
}

function close(edition: HTMLElement): void {
  for (const open of edition.querySelectorAll(".side-notes.open")) open.classList.remove("open");
  for (const note of edition.querySelectorAll(".side-note.current")) note.classList.remove("current");
  for (const mark of edition.querySelectorAll('.note-mark[aria-expanded="true"]'))
    mark.setAttribute("aria-expanded", "false");
}

/** Makes the note marks of an edition open their notes in place; a second tap, or Escape, closes them. */
export function openNotes(edition: HTMLElement): void {
  edition.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const mark = event.target.closest<HTMLElement>(".note-mark");
    const notes = mark && beside(mark);
    const note = mark && notes && noteOf(mark, notes);
    if (!mark || !notes || !note) return;
    event.preventDefault();
    const wasOpen = mark.getAttribute("aria-expanded") === "true";
    close(edition);
    if (wasOpen) return;
    if (!hasMargin(notes)) notes.classList.add("open");
    note.classList.add("current");
    mark.setAttribute("aria-expanded", "true");
    if (note.id) mark.setAttribute("aria-controls", note.id);
    note.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(edition);
  });
}
