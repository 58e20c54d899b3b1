import { beforeEach, expect, test, vi } from "vitest";
import { Rows } from "./rows";

const row = (id: string): string =>
  `<li id="${id}" tabindex="-1" data-row><a href="#${id}" data-row-key="y">Yes</a><details><summary>No</summary><input data-row-key="n"></details></li>`;

beforeEach(() => {
  document.body.innerHTML = `<ol data-island="rows">${row("a")}${row("b")}</ol>`;
});

const rows = (): Rows => new Rows(document.querySelector("ol") as HTMLElement);

test("keys go from row to row and stay at the ends", () => {
  const list = rows();
  list.move(1);
  expect(document.activeElement?.id).toBe("a");
  list.move(1);
  list.move(1);
  expect([document.activeElement?.id, list.current?.id]).toEqual(["b", "b"]);
  list.move(-1);
  expect(list.current?.id).toBe("a");
});

test("a key of a row means the row that one is at", () => {
  const list = rows();
  const pressed = vi.fn<(id: string | null) => void>();
  for (const link of document.querySelectorAll("a"))
    link.addEventListener("click", () => pressed(link.getAttribute("href")));
  expect(list.press("y")).toBe(true);
  list.move(1);
  list.press("y");
  expect(pressed.mock.calls).toEqual([["#a"], ["#b"]]);
  expect(list.press("q")).toBe(false);
});

test("a key that asks for words unfolds their field", () => {
  const list = rows();
  list.move(1);
  list.press("n");
  expect(document.querySelector("#a details")?.hasAttribute("open")).toBe(true);
  expect(document.activeElement).toBe(document.querySelector("#a input"));
});

test("where somebody clicks or tabs to, there they are", () => {
  const list = rows();
  document.querySelector<HTMLElement>("#b a")?.focus();
  expect(list.current?.id).toBe("b");
});
