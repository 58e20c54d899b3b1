/** A copy of unsaved text in this browser, for when it or the network breaks down. It goes away with the next save. */
import type { Edition } from "./edition";

export interface Copy {
  /** The version it was written on. */
  version: number;
  /** When, ISO. */
  at: string;
  edition: Edition;
}

const isCopy = (given: unknown): given is Copy =>
  typeof given === "object" && given !== null && "version" in given && "at" in given && "edition" in given;

export class KeptCopy {
  readonly #name: string;

  constructor(address: string) {
    this.#name = `sitrep-draft ${address}`;
  }

  read(): Copy | null {
    try {
      const given: unknown = JSON.parse(localStorage.getItem(this.#name) ?? "null");
      return isCopy(given) ? given : null;
    } catch {
      return null;
    }
  }

  /** Without storage (full, or forbidden) there is no copy; the page still warns before it is left. */
  write(copy: Copy): void {
    try {
      localStorage.setItem(this.#name, JSON.stringify(copy));
    } catch {
      this.drop();
    }
  }

  drop(): void {
    try {
      localStorage.removeItem(this.#name);
    } catch {
      // Forbidden storage holds no copy either.
    }
  }
}
