import { expect, test } from "vitest";
import { passageOf } from "./passage";

test("a passage is its words without white space at the edges, with what stands round it", () => {
  const text = `${"x".repeat(40)} the words 🚂 here ${"y".repeat(40)}`;
  const start = text.indexOf(" the");
  expect(passageOf(text, start, text.indexOf(" y") + 1)).toEqual({
    exact: "the words 🚂 here",
    prefix: `${"x".repeat(31)} `,
    suffix: ` ${"y".repeat(31)}`,
  });
});

test("nothing but white space is no passage", () => {
  expect(passageOf("a   b", 1, 4)).toBeNull();
});
