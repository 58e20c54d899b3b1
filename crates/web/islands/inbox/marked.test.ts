import { beforeEach, expect, test } from "vitest";
import { marked } from "./marked";

beforeEach(() => {
  document.body.innerHTML = `<section><h2>Title</h2><div class="captured"><p id="one">On <mark>1402/03/09</mark> <bdi class="gloss">30 May 2023</bdi>, forty men came.</p><p class="beside">A translation.</p><p id="two">They left.</p></div></section>`;
});

const pane = (): Element => document.querySelector("section") as Element;
const node = (selector: string): Node => document.querySelector(selector) as Node;

function select(from: Node, at: number, to: Node, end: number): Selection {
  const selection = getSelection() as Selection;
  selection.setBaseAndExtent(from, at, to, end);
  return selection;
}

test("what is marked is the document's own text", () => {
  const [first, second] = [node("#one"), node("#two")];
  expect(marked(pane(), select(first, 0, second, 1))).toBe("On 1402/03/09 , forty men came.\nThey left.");
});

test("a stretch of one paragraph is taken as it stands", () => {
  const words = node("#two").firstChild as Node;
  expect(marked(pane(), select(words, 0, words, 4))).toBe("They");
});

test("nothing is taken of what is not the document's", () => {
  const title = node("h2").firstChild as Node;
  expect(marked(pane(), select(title, 0, title, 3))).toBe("");
  const beside = node(".beside").firstChild as Node;
  expect(marked(pane(), select(beside, 0, beside, 3))).toBe("");
  const words = node("#two").firstChild as Node;
  expect(marked(pane(), select(words, 2, words, 2))).toBe("");
  expect(marked(pane(), null)).toBe("");
});
