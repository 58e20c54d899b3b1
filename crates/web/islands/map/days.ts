/** ISO days as numbers, so that a slider can count them. */

const DAY = 86_400_000;

/** Days since 1970; `null` where the text is no ISO day. */
export function dayNumber(iso: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return null;
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Number.isNaN(at) ? null : Math.round(at / DAY);
}

/** The ISO day of a number. */
export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** A day in words of the page's language. */
export function dayInWords(day: number, language: string): string {
  const format = new Intl.DateTimeFormat(language || "en", {
    calendar: "gregory",
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return format.format(new Date(day * DAY));
}
