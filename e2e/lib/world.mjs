// What the tests share: the running program, the browser, the people, and what they made on their way.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Troubles } from "./browser.mjs";

export const DESK = "iran";
const FAILURES = fileURLToPath(new URL("../failures", import.meta.url));

/** Thrown by a test that can't run here. */
export class Skip extends Error {}

export class World {
  program;
  browser;
  troubles = new Troubles();
  #contexts = [];
  #made = new Map();

  constructor(program, browser) {
    this.program = program;
    this.browser = browser;
  }

  /** A browser of somebody's own: own cookies, own storage. */
  async visitor(options = {}) {
    const context = await this.browser.newContext({
      baseURL: this.program.address,
      viewport: { width: 1280, height: 900 },
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(45_000);
    this.troubles.watch(context);
    this.#contexts.push(context);
    return context;
  }

  /** A page of a visitor who is gone after the test. */
  async page(options) {
    const context = await this.visitor(options);
    return context.newPage();
  }

  /** A page of somebody who is signed in, in a browser that runs no scripts. */
  async withoutScript(name) {
    const storageState = await this.made(name).storageState();
    return this.page({ storageState, javaScriptEnabled: false });
  }

  /** Keeps something for later tests. */
  keep(name, value) {
    this.#made.set(name, value);
  }

  /** What an earlier test made. */
  made(name) {
    if (!this.#made.has(name)) throw new Error(`an earlier test should have made “${name}”`);
    return this.#made.get(name);
  }

  /** The pages that are open, for pictures of a failure. */
  async photograph(name) {
    mkdirSync(FAILURES, { recursive: true });
    const pages = this.#contexts.flatMap((context) => context.pages());
    const plain = name.replace(/[^a-z0-9]+/gi, "-").slice(0, 80);
    const shots = pages.map((page, index) =>
      page.screenshot({ path: join(FAILURES, `${plain}-${index}.png`), timeout: 5_000 }).catch(() => undefined),
    );
    await Promise.all(shots);
  }

  /** Closes what a test opened, except what is kept for later ones. */
  async tidy() {
    const kept = [...this.#made.values()];
    const isKept = (context) => kept.some((value) => value === context || value?.context?.() === context);
    const [staying, going] = [this.#contexts.filter(isKept), this.#contexts.filter((context) => !isKept(context))];
    this.#contexts = staying;
    await Promise.all(going.map((context) => context.close()));
  }
}
