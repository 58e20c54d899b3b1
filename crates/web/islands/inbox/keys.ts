/** Keys in a row: `g i` is pressed as g, then i, within a second and a half. */

const PAUSE = 1500;

export class KeySequence {
  #first: string | null = null;
  #at = 0;

  /**
   * Takes a key; answers what was pressed in full, or `null` while more may follow. A first key that begins nothing
   * stands for itself, also where the second key completed no known sequence.
   */
  press(key: string, known: readonly string[], now: number): string | null {
    if (key.length !== 1) {
      this.#first = null;
      return null;
    }
    if (this.#first !== null && now - this.#at <= PAUSE) {
      const both = `${this.#first} ${key}`;
      this.#first = null;
      if (known.includes(both)) return both;
    }
    if (known.some((keys) => keys.startsWith(`${key} `)) && !known.includes(key)) {
      this.#first = key;
      this.#at = now;
      return null;
    }
    this.#first = null;
    return key;
  }
}
