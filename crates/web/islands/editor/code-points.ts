/** The API counts code points; ProseMirror counts UTF-16 units. */

/** How many code points a text has. */
export function length(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** UTF-16 offset of a code point; the end of the text for one beyond it. */
export function unit(text: string, codePoint: number): number {
  let units = 0;
  let count = 0;
  for (const character of text) {
    if (count === codePoint) return units;
    units += character.length;
    count += 1;
  }
  return units;
}

/** Code points before a UTF-16 offset. */
export function codePoint(text: string, unitOffset: number): number {
  return length(text.slice(0, unitOffset));
}
