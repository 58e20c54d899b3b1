// Chromium, and an eye on everything that happens in it.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const ARGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium on this machine, if there is one. */
export function find() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return ["/usr/bin", ...folders].flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
}

export const launch = (executablePath) => chromium.launch({ executablePath, args: ARGS });

/** What went wrong in the browser during a test without any test asking: errors, violations, requests that leave. */
export class Troubles {
  #seen = [];
  #allowed = [];

  /** What the test provokes on purpose. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  add(trouble) {
    this.#seen.push(trouble);
  }

  /** Everything since the last time that was not provoked. */
  take() {
    const found = this.#seen.filter((trouble) => !this.#allowed.some((pattern) => pattern.test(trouble)));
    this.#seen = [];
    this.#allowed = [];
    return [...new Set(found)];
  }

  watch(context) {
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      const isLocal = protocol === "data:" || protocol === "blob:" || LOOPBACK.has(hostname);
      if (!isLocal) this.add(`a request left this machine: ${request.url()}`);
    });
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      this.add(`console of ${message.page()?.url()}: ${message.text()} ${message.location().url}`);
    });
    context.on("weberror", (error) => this.add(`error on ${error.page()?.url()}: ${error.error().stack}`));
  }
}
