/** A passage of a document: the exact words and a little of what stands round them, so that it is found again. */
import type { Passage } from "./edition";

const AROUND = 32;

const last = (text: string): string => [...text].slice(-AROUND).join("");
const first = (text: string): string => [...text].slice(0, AROUND).join("");

/** The passage between two UTF-16 offsets of a text; white space at its edges is left out. `null` where nothing is left. */
export function passageOf(text: string, start: number, end: number): Passage | null {
  const words = text.slice(start, end);
  const exact = words.trim();
  if (exact === "") return null;
  const from = start + words.indexOf(exact);
  return { exact, prefix: last(text.slice(0, from)), suffix: first(text.slice(from + exact.length)) };
}
