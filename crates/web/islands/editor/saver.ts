/** Saving the draft: a while after the last key, with the version it was written on, and never over somebody else's. */
import { Refused, reason } from "../request";
import type { Edition } from "./edition";

export interface Draft {
  version: number;
  edition: Edition;
}

export type SaveState = "saved" | "unsaved" | "saving" | "failed" | "stale";

interface Settings<Sent> {
  /** Sends the edition with the version that it was written on. */
  put: (edition: Edition, version: number) => Promise<Draft>;
  /** The text as it is now: what to send, and what to remember of it until the answer comes. */
  take: () => { edition: Edition; sent: Sent };
  /** The server's answer to what was sent. */
  saved: (draft: Draft, sent: Sent) => void;
  /** The state has changed. */
  changed: (state: SaveState, words: string) => void;
  /** Milliseconds after the last change. */
  delay: number;
}

const isStale = (error: unknown): error is Refused => error instanceof Refused && [409, 412].includes(error.status);
const mayPass = (error: unknown): boolean =>
  error instanceof Refused && (error.status === 0 || error.status >= 500 || error.status === 429);

export class Saver<Sent> {
  readonly #settings: Settings<Sent>;
  #version: number;
  #state: SaveState = "saved";
  #isDirty = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The version that somebody else has made meanwhile. */
  #theirs: number | null = null;

  constructor(version: number, settings: Settings<Sent>) {
    this.#version = version;
    this.#settings = settings;
  }

  get version(): number {
    return this.#version;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** Whether something would be lost if the page went away. */
  get hasUnsaved(): boolean {
    return this.#isDirty || this.#state === "saving";
  }

  /** The text was changed. */
  touched(): void {
    this.#isDirty = true;
    if (this.#state === "stale") return;
    if (this.#state !== "saving") this.#enter("unsaved", "Not saved yet");
    this.#later(this.#settings.delay);
  }

  /** Saves now, if there is anything to save. Nothing is sent while somebody else's version waits for a decision. */
  async save(): Promise<void> {
    if (this.#state === "stale" || this.#state === "saving" || !this.#isDirty) return;
    clearTimeout(this.#timer);
    const { edition, sent } = this.#settings.take();
    this.#isDirty = false;
    this.#enter("saving", "Saving …");
    try {
      const draft = await this.#settings.put(edition, this.#version);
      this.#version = draft.version;
      this.#failures = 0;
      this.#enter("saved", `Saved as version ${draft.version}`);
      this.#settings.saved(draft, sent);
      if (this.#isDirty) this.touched();
    } catch (error) {
      this.#isDirty = true;
      this.#failed(error);
    }
  }

  /** A person has decided that their own text goes over the other one. */
  async overwrite(): Promise<void> {
    if (this.#state !== "stale" || this.#theirs === null) return;
    this.#version = this.#theirs;
    this.#theirs = null;
    this.#state = "unsaved";
    await this.save();
  }

  #failed(error: unknown): void {
    if (isStale(error)) {
      const { body } = error;
      const given = typeof body === "object" && body !== null && "version" in body ? Number(body.version) : Number.NaN;
      this.#theirs = Number.isFinite(given) ? given : null;
      this.#enter("stale", "Somebody else has saved meanwhile. Yours is not saved.");
      return;
    }
    this.#failures += 1;
    this.#enter("failed", `Not saved: ${reason(error)}`);
    if (mayPass(error)) this.#later(Math.min(60_000, 2500 * 2 ** this.#failures));
  }

  /** The other version, where the refusal did not name it. */
  learn(version: number): void {
    if (this.#state === "stale") this.#theirs = version;
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), milliseconds);
  }

  #enter(state: SaveState, words: string): void {
    this.#state = state;
    this.#settings.changed(state, words);
  }
}
