/** Note labels. Numbers are nowhere stored: they follow from the order in the text. */
import type { Node } from "prosemirror-model";
import type { Citation, Reference } from "./edition";

const ROMAN: readonly [number, string][] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

export type Numerals = "roman" | "arabic";

/** A note's label. */
export function label(number: number, numerals: Numerals): string {
  if (numerals === "arabic" || number < 1 || number > 3999) return String(number);
  let rest = number;
  let text = "";
  for (const [value, letters] of ROMAN) {
    while (rest >= value) {
      text += letters;
      rest -= value;
    }
  }
  return text;
}

/** References as a text that is the same where they are: the order of their parts and what is left out say nothing. */
function spelling(references: readonly Reference[]): string {
  const parts = (_: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, part]) => part !== null && part !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value;
  return references.length === 0 ? "" : JSON.stringify(references, parts);
}

/**
 * Each citation's number, in order of first appearance in the text; the same references cited twice in a row share one,
 * as in print (`notes` of the crate `editions`).
 */
export function noteNumbers(doc: Node): Map<string, number> {
  const citations = doc.attrs.citations as Record<string, Citation>;
  const numbers = new Map<string, number>();
  let [made, newest, last] = [0, "", ""];
  doc.descendants((node) => {
    if (node.type.name !== "citation") return;
    const id = String(node.attrs.id);
    const references = spelling(citations[id]?.references ?? []);
    // Only the note made last can be shared: an earlier one would break the order of first appearance.
    const shared = references !== "" && references === last && references === newest;
    if (!numbers.has(id)) {
      if (!shared) {
        made += 1;
        newest = references;
      }
      numbers.set(id, made);
    }
    last = references;
  });
  return numbers;
}
