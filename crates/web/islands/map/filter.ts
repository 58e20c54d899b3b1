/** What of the features is shown: a span of days, and the lines of the legend that are switched on. */
import { dayNumber } from "./days";

export interface Dated {
  kind?: string | undefined;
  layer: string;
  of: string;
  date: string;
  until: string | null;
}

export interface Filter {
  /** First and last day that is shown. */
  from: number;
  to: number;
  /** Legend lines (`layer:of`) that are switched off. */
  hidden: ReadonlySet<string>;
}

/** A legend line's name. */
export const lineOf = (thing: { layer: string; of: string }): string => `${thing.layer}:${thing.of}`;

/** Whether it touches the span of days. A position without an end goes on; without a beginning it is always shown. */
export function inTime(thing: Dated, filter: Filter): boolean {
  const began = dayNumber(thing.date);
  if (began === null) return true;
  const open = thing.kind === "position" ? Number.POSITIVE_INFINITY : began;
  const ended = (thing.until === null ? null : dayNumber(thing.until)) ?? open;
  return began <= filter.to && Math.max(began, ended) >= filter.from;
}

/** Whether it is shown. */
export function isShown(thing: Dated, filter: Filter): boolean {
  return !filter.hidden.has(lineOf(thing)) && inTime(thing, filter);
}

/** How many of each legend line fall into the span, whether switched on or not. */
export function counts(things: readonly Dated[], filter: Filter): Map<string, number> {
  const found = new Map<string, number>();
  for (const thing of things) {
    if (inTime(thing, filter)) found.set(lineOf(thing), (found.get(lineOf(thing)) ?? 0) + 1);
  }
  return found;
}
