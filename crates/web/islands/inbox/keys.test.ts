import { expect, test } from "vitest";
import { KeySequence } from "./keys";

const known = ["g i", "g e", "c", "d"];

test("a single key stands for itself", () => {
  expect(new KeySequence().press("c", known, 0)).toBe("c");
  expect(new KeySequence().press("j", known, 0)).toBe("j");
});

test("two keys in a row make one", () => {
  const keys = new KeySequence();
  expect(keys.press("g", known, 0)).toBeNull();
  expect(keys.press("i", known, 400)).toBe("g i");
});

test("after a pause the first key is forgotten", () => {
  const keys = new KeySequence();
  keys.press("g", known, 0);
  expect(keys.press("i", known, 5000)).toBe("i");
});

test("a second key that completes nothing stands for itself", () => {
  const keys = new KeySequence();
  keys.press("g", known, 0);
  expect(keys.press("d", known, 100)).toBe("d");
});

test("keys like Shift and arrows are nothing and end a sequence", () => {
  const keys = new KeySequence();
  keys.press("g", known, 0);
  expect(keys.press("ArrowDown", known, 100)).toBeNull();
  expect(keys.press("i", known, 200)).toBe("i");
});
