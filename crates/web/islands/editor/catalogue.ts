/** What can be looked for while writing: documents, editions, assessments, events. */
import { request } from "../request";
import type { Edition } from "./edition";

export interface Item {
  id: string;
  title: string;
  meta: string;
  lang: string;
  /** ISO date, where it has one. */
  date: string;
}

export interface DocumentText extends Item {
  text: string;
}

type Given = Record<string, unknown>;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const isGiven = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function item(given: Given): Item {
  const title = ["title", "statement", "summary"].map((name) => text(given[name])).find((words) => words !== "");
  const meta = ["source", "language", "type", "when", "place", "likelihood", "published", "date"].map((name) =>
    text(given[name]),
  );
  return {
    id: text(given.id),
    title: title ?? text(given.id),
    meta: meta.filter((words) => words !== "").join(" · "),
    lang: text(given.language),
    date: text(given.date).slice(0, 10),
  };
}

/** One of the lists of the API. */
export class Catalogue {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  get isThere(): boolean {
    return this.#url !== "";
  }

  async search(words: string, signal?: AbortSignal): Promise<Item[]> {
    const url = new URL(this.#url, location.href);
    url.searchParams.set("q", words);
    url.searchParams.set("limit", "12");
    const answer = await request(url.href, signal ? { signal } : {});
    const items = isGiven(answer) ? answer.items : answer;
    return Array.isArray(items) ? items.filter(isGiven).map(item) : [];
  }

  async #one(id: string): Promise<Given> {
    const answer = await request(
      `${new URL(this.#url, location.href).href.replace(/\/$/, "")}/${encodeURIComponent(id)}`,
    );
    return isGiven(answer) ? answer : {};
  }

  /** A thing's name; its id where it can't be had. */
  async named(id: string): Promise<Item> {
    try {
      return item({ id, ...(await this.#one(id)) });
    } catch {
      return { id, title: id, meta: "", lang: "", date: "" };
    }
  }

  /** A document with its text. */
  async document(id: string): Promise<DocumentText> {
    const given = await this.#one(id);
    return { ...item({ id, ...given }), text: text(given.text) };
  }

  /** An edition's text; `null` where it can't be had. */
  async edition(id: string): Promise<Edition | null> {
    try {
      const { edition } = await this.#one(id);
      return isGiven(edition) ? (edition as unknown as Edition) : null;
    } catch {
      return null;
    }
  }
}

export interface Catalogues {
  documents: Catalogue;
  editions: Catalogue;
  assessments: Catalogue;
  events: Catalogue;
  campaigns: Catalogue;
}
