/** What two texts of one edition don't have in common, paragraph by paragraph. */
import type { Edition, Paragraph } from "./edition";

export interface Difference {
  kind: "added" | "dropped" | "reworded";
  /** Words of the one that is kept. */
  theirs: string;
  /** Words of the one on the screen. */
  mine: string;
}

const paragraphs = (edition: Edition): Paragraph[] => [
  ...edition.takeaways,
  ...edition.sections.flatMap((section) => section.paragraphs),
];

const heads = (edition: Edition): string[] => [
  edition.title,
  edition.standing ?? "",
  ...edition.notices,
  ...edition.sections.flatMap(({ title, scope }) => [title, scope ?? ""]),
];

/** Differences in reading order of `mine`; what only the kept one has comes last. */
export function differences(mine: Edition, theirs: Edition): Difference[] {
  const kept = paragraphs(theirs);
  const own = paragraphs(mine);
  const byId = new Map(kept.filter(({ id }) => id !== "").map((paragraph) => [paragraph.id, paragraph]));
  const words = new Set(kept.map(({ text }) => text));
  const found: Difference[] = [];
  for (const { id, text } of own) {
    const other = byId.get(id);
    if (other && other.text !== text) found.push({ kind: "reworded", theirs: other.text, mine: text });
    else if (!other && !words.has(text)) found.push({ kind: "added", theirs: "", mine: text });
  }
  const ids = new Set(own.map(({ id }) => id));
  const texts = new Set(own.map(({ text }) => text));
  for (const { id, text } of kept) {
    if (!ids.has(id) && !texts.has(text)) found.push({ kind: "dropped", theirs: text, mine: "" });
  }
  const [ownHeads, keptHeads] = [heads(mine), heads(theirs)];
  ownHeads.forEach((text) => {
    if (text !== "" && !keptHeads.includes(text)) found.push({ kind: "added", theirs: "", mine: text });
  });
  keptHeads.forEach((text) => {
    if (text !== "" && !ownHeads.includes(text)) found.push({ kind: "dropped", theirs: text, mine: "" });
  });
  return found;
}
