// The mail that the program handed over, read by a parser of other people's.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { until } from "./wait.mjs";

/** Every message to an address so far, in the order of their arrival. */
export async function messages(outbox, address) {
  const names = readdirSync(outbox).filter((name) => name.endsWith(".eml"));
  const parsed = await Promise.all(
    names.sort().map(async (name) => {
      const raw = readFileSync(join(outbox, name));
      return { raw: raw.toString("latin1"), ...(await simpleParser(raw)) };
    }),
  );
  return parsed.filter((message) => message.to.value.some((to) => to.address === address));
}

/** Waits for the first message to an address that fits. */
export function message(outbox, address, fits) {
  return until(`a message to ${address}`, async () => (await messages(outbox, address)).find(fits), 30_000);
}
