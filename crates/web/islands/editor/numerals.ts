/** Note labels. Numbers are nowhere stored: they follow from the order in the text. */
import type { Node } from "prosemirror-model";

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

/** Each citation's number: order of first appearance in the text. */
export function noteNumbers(doc: Node): Map<string, number> {
  const numbers = new Map<string, number>();
  doc.descendants((node) => {
    const id = node.type.name === "citation" ? String(node.attrs.id) : null;
    if (id !== null && !numbers.has(id)) numbers.set(id, numbers.size + 1);
  });
  return numbers;
}
