/** What stands round the text: date, data cut-off, authors. */
import { el } from "../dom";
import { field } from "./dialog";
import type { Edition } from "./edition";

export type Head = Pick<Edition, "date" | "cutoff" | "authors">;

/** A moment in UTC as a field shows it, and back. */
export const shownMoment = (moment: string | null): string => {
  const at = moment === null ? Number.NaN : Date.parse(moment);
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 16);
};

export const keptMoment = (shown: string): string | null => {
  const at = Date.parse(`${shown}Z`);
  return shown === "" || Number.isNaN(at) ? null : new Date(at).toISOString().replace(/\.000Z$/, "Z");
};

/** Authors from one line: a semicolon or comma stands between two. */
export const authorsOf = (line: string): string[] =>
  line
    .split(/[;,،]/)
    .map((author) => author.trim())
    .filter((author) => author !== "");

/** The fields; `changed` is called with what they hold now. */
export function headFields(before: Head, changed: (head: Head) => void): HTMLElement {
  const authors = el("input", { type: "text", dir: "auto", value: before.authors.join("; ") });
  const date = el("input", { type: "date", required: true, value: before.date });
  const cutoff = el("input", { type: "datetime-local", value: shownMoment(before.cutoff) });
  const box = el(
    "div",
    { class: "field-row editor-head" },
    field("Authors (a semicolon between two)", authors),
    field("Date", date),
    field("Data cut-off, UTC", cutoff),
  );
  box.addEventListener("input", () => {
    // An unfinished date is no date: the old one stays until there is a new one.
    const day = date.value === "" ? before.date : date.value;
    const isUntouched = cutoff.value === shownMoment(before.cutoff);
    changed({
      authors: authorsOf(authors.value),
      date: day,
      cutoff: isUntouched ? before.cutoff : keptMoment(cutoff.value),
    });
  });
  return box;
}
