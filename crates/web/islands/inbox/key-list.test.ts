import { beforeEach, expect, test, vi } from "vitest";
import { keyList } from "./key-list";

const toggle = (): HTMLButtonElement => document.querySelector("[data-keys-toggle]") as HTMLButtonElement;
const list = (): HTMLElement => document.querySelector("[data-keys]") as HTMLElement;

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = `<button data-keys-toggle aria-controls="keys" aria-expanded="false" hidden><span>Show keys</span></button>
    <p id="keys" data-keys hidden>j next</p>`;
});

test("where there is room the keys are shown, and the button says that it hides them", () => {
  keyList(document, true);
  expect(toggle().hidden).toBe(false);
  expect(list().hidden).toBe(false);
  expect(toggle().textContent).toBe("Hide keys");
  toggle().click();
  expect(list().hidden).toBe(true);
  expect(toggle().getAttribute("aria-expanded")).toBe("false");
  expect(toggle().textContent).toBe("Show keys");
});

test("on a narrow screen they are hidden until they are asked for", () => {
  keyList(document, false);
  expect(list().hidden).toBe(true);
  toggle().click();
  expect(list().hidden).toBe(false);
  expect(toggle().getAttribute("aria-expanded")).toBe("true");
});
