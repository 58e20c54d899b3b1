import { expect, test } from "vitest";
import { authorsOf, keptMoment, shownMoment } from "./head";

test("a moment goes into its field in UTC and comes back", () => {
  expect(shownMoment("2026-11-20T22:00:00+03:00")).toBe("2026-11-20T19:00");
  expect(keptMoment("2026-11-20T19:00")).toBe("2026-11-20T19:00:00Z");
  expect(shownMoment(null)).toBe("");
  expect(keptMoment("")).toBeNull();
});

test("authors are parted by semicolons or commas, Arabic ones too", () => {
  expect(authorsOf("N. Example; O. Other، س. دیگر,")).toEqual(["N. Example", "O. Other", "س. دیگر"]);
});
