import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Sheet } from "./sheet";

const pane = (): HTMLElement => document.querySelector("[data-pane]") as HTMLElement;
const wide = (matches: boolean): void => {
  vi.stubGlobal("matchMedia", () => ({ matches }));
};

beforeEach(() => {
  document.body.innerHTML = `<section data-pane><a href="#lines" data-back>Back</a><p>text</p></section>`;
});
afterEach(() => vi.unstubAllGlobals());

test("beside the list the pane stays where it is", () => {
  wide(true);
  new Sheet(pane(), vi.fn()).open();
  expect(pane().dataset.open).toBeUndefined();
});

test("over the list it takes the focus, and the link back or Escape close it", () => {
  wide(false);
  const closed = vi.fn();
  const sheet = new Sheet(pane(), closed);
  sheet.open();
  expect(pane().dataset.open).toBe("");
  expect(document.activeElement).toBe(pane());
  pane().querySelector<HTMLElement>("[data-back]")?.click();
  expect(pane().dataset.open).toBeUndefined();
  expect(closed).toHaveBeenCalledTimes(1);
  sheet.open();
  pane().dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(pane().dataset.open).toBeUndefined();
  expect(closed).toHaveBeenCalledTimes(2);
});
