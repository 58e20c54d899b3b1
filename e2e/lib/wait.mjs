// Waiting for something to be true, with a deadline.
import { setTimeout as pause } from "node:timers/promises";

/** Asks until the answer is neither empty nor false, and gives it. */
export async function until(what, ask, deadline = 45_000) {
  const end = performance.now() + deadline;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`not within ${deadline / 1000} s: ${what}`);
    await pause(50);
  }
}
