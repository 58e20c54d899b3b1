import { expect, test, vi } from "vitest";
import { fitted, nextFrame, Slider } from "./slider";

const whole = { from: 100, to: 130 };

test("both ends stay in the whole and in order", () => {
  expect(fitted({ from: 90, to: 140 }, whole, "from")).toEqual(whole);
  expect(fitted({ from: 120, to: 110 }, whole, "from")).toEqual({ from: 120, to: 120 });
  expect(fitted({ from: 120, to: 110 }, whole, "to")).toEqual({ from: 110, to: 110 });
});

test("the film goes on day by day and ends", () => {
  expect(nextFrame({ from: 100, to: 110 }, whole)).toEqual({ from: 100, to: 111 });
  expect(nextFrame({ from: 100, to: 130 }, whole)).toBeNull();
  expect(nextFrame({ from: 0, to: 0 }, { from: 0, to: 900 })).toEqual({ from: 0, to: 10 });
});

test("date fields and range inputs say the same", () => {
  document.body.innerHTML = `<form><input type="date" name="from"><input type="date" name="to"><div data-slider></div></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  const changed = vi.fn();
  new Slider(form, { from: 20_000, to: 20_030 }, { from: 20_000, to: 20_030 }, changed);
  const [first, last] = [...form.querySelectorAll<HTMLInputElement>("input[type=range]")];
  expect(form.querySelector<HTMLInputElement>("[name=from]")?.value).toBe("2024-10-04");
  if (!first || !last) throw new Error("no sliders");
  first.value = "20010";
  first.dispatchEvent(new Event("input"));
  expect(changed).toHaveBeenLastCalledWith({ from: 20_010, to: 20_030 });
  const to = form.querySelector<HTMLInputElement>("[name=to]");
  if (!to) throw new Error("no field");
  to.value = "2024-10-20";
  to.dispatchEvent(new Event("change"));
  expect(last.value).toBe("20016");
});
