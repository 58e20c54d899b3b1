import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Inbox } from "./inbox";

const page = (opened: string): string => `<div data-island="inbox"><ol>
  ${["a", "b"]
    .map(
      (
        id,
      ) => `<li data-item data-id="${id}" data-state="${id === opened ? "read" : "new"}"><a class="inbox-open" href="/in?doc=${id}">${id}</a>
  <form method="post" action="/sort/${id}" data-triage="kept"><input type="hidden" name="triage" value="kept"><button>Keep</button></form></li>`,
    )
    .join("")}
  </ol><section data-pane><p>text of ${opened}</p></section></div>`;

const item = (id: string): HTMLElement => document.querySelector<HTMLElement>(`[data-id="${id}"]`) as HTMLElement;
const answers = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  document.body.innerHTML = page("");
  Element.prototype.scrollIntoView = vi.fn();
  vi.stubGlobal("fetch", answers);
  answers.mockImplementation(
    async (url) => new Response(String(url).includes("/sort/") ? "{}" : page(String(url).slice(-1))),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  answers.mockReset();
});

test("moving on shows the next document in the pane and marks it read", async () => {
  const inbox = new Inbox(document.querySelector("[data-island]") as HTMLElement);
  inbox.move(1);
  await vi.waitFor(() => expect(document.querySelector("[data-pane]")?.textContent).toContain("text of a"));
  expect(item("a").getAttribute("aria-current")).toBe("true");
  expect(item("a").dataset.state).toBe("read");
});

test("moving on to a folded document of a story unfolds it", async () => {
  const folded = document.createElement("details");
  item("b").replaceWith(folded);
  folded.innerHTML =
    '<summary>1 more here</summary><ol><li data-item data-id="b" data-state="new"><a class="inbox-open" href="/in?doc=b">b</a></li></ol>';
  const inbox = new Inbox(document.querySelector("[data-island]") as HTMLElement);
  await inbox.show(item("a"));
  inbox.move(1);
  expect(folded.open).toBe(true);
  expect(inbox.current?.dataset.id).toBe("b");
});

test("sorting a document posts it and goes on to the next one", async () => {
  const inbox = new Inbox(document.querySelector("[data-island]") as HTMLElement);
  await inbox.show(item("a"));
  item("a").querySelector("form")?.requestSubmit();
  await vi.waitFor(() => expect(answers.mock.calls.some(([url]) => url.endsWith("/sort/a"))).toBe(true));
  expect(item("a").dataset.state).toBe("kept");
  expect(inbox.current?.dataset.id).toBe("b");
});

test("a refused sorting is taken back and said", async () => {
  const inbox = new Inbox(document.querySelector("[data-island]") as HTMLElement);
  answers.mockImplementation(async () => new Response('{"error":{"message":"Not yours."}}', { status: 403 }));
  expect(inbox.current).toBeNull();
  item("a").querySelector("form")?.requestSubmit();
  await vi.waitFor(() => expect(item("a").textContent).toContain("Not yours."));
  expect(item("a").dataset.state).toBe("new");
});
