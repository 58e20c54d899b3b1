import { expect, test } from "vitest";
import { opening, shown } from "./notification";

test("a message says what is shown, in its own direction", () => {
  const message = JSON.stringify({
    title: "Trains",
    body: "قطارها ایستاده‌اند",
    language: "fa",
    direction: "rtl",
    url: "https://desk.example/newsroom/iran/inbox?doc=doc-1",
    tag: "doc-1",
  });
  const { title, options } = shown(message);
  expect(title).toBe("Trains");
  expect(options).toMatchObject({ body: "قطارها ایستاده‌اند", lang: "fa", dir: "rtl", tag: "doc-1" });
});

test("a message that can't be read is shown all the same", () => {
  for (const message of ["", "{", "null", "7", '{"title":7}'])
    expect(shown(message)).toMatchObject({ title: "Something was marked", options: { body: "", dir: "ltr" } });
});

test("a notification opens pages of our own newsroom and no others", () => {
  const origin = "https://desk.example";
  const own = `${origin}/newsroom/iran/inbox?doc=doc-1`;
  expect(opening(own, origin)).toBe(own);
  for (const other of [
    "https://evil.example/newsroom/",
    "javascript:alert(1)",
    "//evil.example/newsroom/",
    `${origin}/iran`,
    7,
    null,
    "http://[",
  ])
    expect(opening(other, origin)).toBe(`${origin}/newsroom`);
});
