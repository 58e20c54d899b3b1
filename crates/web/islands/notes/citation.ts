/** A sentence of an edition as a citation, in the forms that writers and reference managers read. */

/** What is cited. */
export interface Cited {
  /** Title as printed, with its date. */
  title: string;
  /** Who publishes it. */
  publisher: string;
  /** Authors as printed. */
  authors: string[];
  /** ISO date of the edition, empty where unknown. */
  date: string;
  /** Address of the sentence. */
  url: string;
  /** Its words, without note marks. */
  quote: string;
  /** BCP 47 language. */
  language: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const parts = (date: string): [number, number, number] | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
};

/** One line for a footnote. */
export function plain(cited: Cited): string {
  const who = cited.authors.join(", ");
  const head = [who, `“${cited.title}”`, cited.publisher].filter((part) => part !== "").join(", ");
  return `${head}, ${cited.url}: “${cited.quote}”`;
}

const BIBTEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const tex = (text: string): string => text.replace(/[\\{}&%$#_~^]/g, (character) => BIBTEX[character] ?? character);

/** A BibTeX entry (`@misc`; addresses stand unescaped in `url`, as biblatex and hyperref read them). */
export function bibtex(cited: Cited): string {
  const date = parts(cited.date);
  const word = (cited.publisher || cited.title).toLowerCase().replace(/[^a-z]+/g, "") || "edition";
  const fields: [string, string][] = [
    ["author", cited.authors.map((author) => `{${tex(author)}}`).join(" and ")],
    ["title", `{${tex(cited.title)}}`],
    ["organization", cited.publisher ? `{${tex(cited.publisher)}}` : ""],
    ["year", date ? String(date[0]) : ""],
    ["month", date ? (MONTHS[date[1] - 1] ?? "") : ""],
    ["day", date ? String(date[2]) : ""],
    ["url", cited.url.replace(/[{}\\]/g, (character) => encodeURIComponent(character))],
    ["note", tex(cited.quote)],
    ["langid", cited.language],
  ];
  const lines = fields
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`},`);
  return `@misc{${word}${cited.date.slice(0, 10).replaceAll("-", "")},\n${lines.join("\n")}\n}\n`;
}

/** CSL-JSON, as Zotero and pandoc read it. */
export function cslJson(cited: Cited): string {
  const date = parts(cited.date);
  const item = {
    id: cited.url,
    type: "report",
    title: cited.title,
    author: cited.authors.map((literal) => ({ literal })),
    publisher: cited.publisher || undefined,
    issued: date ? { "date-parts": [date] } : undefined,
    URL: cited.url,
    language: cited.language || undefined,
    note: cited.quote,
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}

/** RIS, one tag a line. */
export function ris(cited: Cited): string {
  const line = (text: string): string => text.replace(/\s+/g, " ").trim();
  const date = parts(cited.date);
  const fields: [string, string][] = [
    ["TY", "RPRT"],
    ...cited.authors.map((author): [string, string] => ["AU", author]),
    ["TI", cited.title],
    ["PB", cited.publisher],
    ["PY", date ? String(date[0]) : ""],
    ["DA", date ? cited.date.slice(0, 10).replaceAll("-", "/") : ""],
    ["UR", cited.url],
    ["LA", cited.language],
    ["N1", cited.quote],
  ];
  const lines = fields.map(([tag, text]) => [tag, line(text)] as const).filter(([, text]) => text !== "");
  return `${lines.map(([tag, text]) => `${tag}  - ${text}`).join("\r\n")}\r\nER  - \r\n`;
}

/** The forms by the name on their button. */
export const FORMS: readonly [string, (cited: Cited) => string][] = [
  ["Text", plain],
  ["BibTeX", bibtex],
  ["CSL-JSON", cslJson],
  ["RIS", ris],
];
