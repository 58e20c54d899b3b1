import { expect, test } from "vitest";
import { styles } from "./cite-bar";
import { reached } from "./contents";

test("the styles that the server prints are read from the page", () => {
  expect(styles("Text=cite.txt BibTeX=bib")).toEqual([
    ["Text", "cite.txt"],
    ["BibTeX", "bib"],
  ]);
  expect(styles("")).toEqual([]);
});

test("the contents point to the last heading above the reading line", () => {
  expect(reached([-500, -20, 300], 200)).toBe(1);
  expect(reached([400, 800], 200)).toBe(0);
  expect(reached([-900, -500], 200)).toBe(1);
});
