import { expect, test } from "vitest";
import { bibtex, type Cited, cslJson, plain, ris } from "./citation";
import { reached } from "./contents";

const cited: Cited = {
  title: "Example Update, 20 November 2026",
  publisher: "Example & Sons",
  authors: ["N. Example", "O. Other"],
  date: "2026-11-20",
  url: "https://example.org/iran/editions/2026-11-20#t-1_a",
  quote: "Rail traffic fell by 40%.",
  language: "en",
};

test("a line of text names authors, title, publisher, address and words", () => {
  expect(plain(cited)).toBe(
    "N. Example, O. Other, “Example Update, 20 November 2026”, Example & Sons, https://example.org/iran/editions/2026-11-20#t-1_a: “Rail traffic fell by 40%.”",
  );
});

test("BibTeX escapes what TeX would read and leaves the address alone", () => {
  const entry = bibtex(cited);
  expect(entry).toContain("@misc{examplesons20261120,");
  expect(entry).toContain("author = {{N. Example} and {O. Other}}");
  expect(entry).toContain("organization = {{Example \\& Sons}}");
  expect(entry).toContain("fell by 40\\%");
  expect(entry).toContain("#t-1_a}");
  expect(entry).toContain("month = nov,");
});

test("BibTeX of a backslash is escaped once", () => {
  expect(bibtex({ ...cited, quote: "a\\b" })).toContain("a\\textbackslash{}b");
});

test("CSL-JSON has the date in parts", () => {
  const [item] = JSON.parse(cslJson(cited));
  expect(item.issued).toEqual({ "date-parts": [[2026, 11, 20]] });
  expect(item.author).toEqual([{ literal: "N. Example" }, { literal: "O. Other" }]);
});

test("RIS keeps each tag on one line and leaves out what is unknown", () => {
  const text = ris({ ...cited, date: "", quote: "two\nlines" });
  expect(text).toContain("N1  - two lines\r\n");
  expect(text).not.toContain("PY  -");
  expect(text.endsWith("ER  - \r\n")).toBe(true);
});

test("the contents point to the last heading above the reading line", () => {
  expect(reached([-500, -20, 300], 200)).toBe(1);
  expect(reached([400, 800], 200)).toBe(0);
  expect(reached([-900, -500], 200)).toBe(1);
});
