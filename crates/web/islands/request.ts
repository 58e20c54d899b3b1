/** Asking our own server for JSON; what went wrong comes back as an error with the server's own words. */

/** An answer that is not a success. */
export class Refused extends Error {
  constructor(
    message: string,
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    /** The answer's JSON, where it had any. */
    readonly body: unknown,
  ) {
    super(message);
  }
}

interface Options {
  method?: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: FormData;
  signal?: AbortSignal;
}

function message(body: unknown, status: number): string {
  if (typeof body === "object" && body !== null && "error" in body) {
    const error = body.error;
    if (typeof error === "string") return error;
    if (typeof error === "object" && error !== null && "message" in error) {
      const hint = "hint" in error && typeof error.hint === "string" ? ` ${error.hint}` : "";
      return `${String(error.message)}${hint}`;
    }
  }
  return `The server answered ${status}.`;
}

function bodyOf(options: Options): BodyInit | null {
  if (options.json !== undefined) return JSON.stringify(options.json);
  if (!options.form) return null;
  const fields = [...options.form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return new URLSearchParams(fields);
}

/** Sends a request; answers the JSON of a success (`null` where it has none), throws [`Refused`] otherwise. */
export async function request(url: string, options: Options = {}): Promise<unknown> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (options.json !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(url, {
      method: options.method ?? "GET",
      headers,
      body: bodyOf(options),
      credentials: "same-origin",
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused("The server did not answer. Is the network there?", 0, null);
  }
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    body = null;
  }
  if (!response.ok) throw new Refused(message(body, response.status), response.status, body);
  return body;
}

/** The words for whoever waits on the screen. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
