/** A judgement as it goes through the clipboard. */
import { type Judgement, STEPS } from "./edition";

/** Reads it again; `null` where it is none. */
export function judgementOf(text: string): Judgement | null {
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given !== "object" || given === null || !("assessment" in given) || !("step" in given)) return null;
    const step = STEPS.find((known) => known === given.step);
    return step && typeof given.assessment === "string" ? { assessment: given.assessment, step } : null;
  } catch {
    return null;
  }
}
