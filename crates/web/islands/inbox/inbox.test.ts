import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Inbox } from "./inbox";

const line = (id: string, state = "new"): string =>
  `<li data-item data-id="doc-${id}" data-story="doc-${id === "b" ? "a" : id}" data-state="${state}"><a class="inbox-open" href="/in?doc=doc-${id}">${id}</a></li>`;
const pane = (id: string): string => `<section data-pane data-id="doc-${id}"><p>text of ${id}</p>
  <form method="post" action="/documents/doc-${id}/triage" data-act="kept"><input type="hidden" name="triage" value="kept"><button>Keep</button></form>
  <form method="post" action="/documents/doc-${id}/triage" data-act="dropped" data-whole><button>Drop the story</button></form>
  <form method="post" action="/documents/doc-${id}/assign" data-act="task"><button>My task</button></form>
  <a href="/cite?document=doc-${id}">Cite</a></section>`;
const page =
  (): string => `<div data-island="inbox"><form method="post" action="/undo" data-undo><button>Undo</button></form><p data-said></p>
  <ol data-lines>${line("a")}${line("b")}${line("c")}<li data-more><a rel="next" href="/in?after=9">More</a></li></ol>${pane("a")}</div>`;

const item = (id: string): HTMLElement =>
  document.querySelector<HTMLElement>(`[data-id="doc-${id}"][data-item]`) as HTMLElement;
const form = (act: string): HTMLFormElement =>
  document.querySelector<HTMLFormElement>(`[data-act="${act}"]`) as HTMLFormElement;
const answers = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const asked = (): string[] =>
  answers.mock.calls.map(([url]) => new URL(String(url), location.href)).map((url) => url.pathname + url.search);
const posted = (): string[] => asked().filter((path) => !path.startsWith("/in"));
const opened = (): Inbox => new Inbox(document.querySelector("[data-island]") as HTMLElement);

beforeEach(() => {
  document.body.innerHTML = page();
  Element.prototype.scrollIntoView = vi.fn();
  vi.stubGlobal("fetch", answers);
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  answers.mockImplementation(async (address) => {
    const url = new URL(String(address), location.href);
    if (url.searchParams.get("part") === "lines") return new Response(`<ol data-lines>${line("d")}</ol>`);
    const id = url.searchParams.get("doc")?.slice(4);
    if (id) return new Response(`${pane(id)}<ol>${line(id)}</ol>`);
    return new Response(url.pathname === "/undo" ? '{"documents":[{"id":"doc-a","triage":"new"}],"leads":[]}' : "");
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  answers.mockReset();
});

test("moving on shows the next document in the pane", async () => {
  await opened().move(1);
  expect(document.querySelector("[data-pane]")?.textContent).toContain("text of a");
  expect(item("a").getAttribute("aria-current")).toBe("true");
  expect(asked()).toEqual(["/in?doc=doc-a&part=reading"]);
});

test("moving on to a folded document of a story unfolds it", async () => {
  const folded = document.createElement("details");
  item("b").replaceWith(folded);
  folded.innerHTML = `<summary>1 more here</summary><ol>${line("b")}</ol>`;
  const inbox = opened();
  await inbox.show(item("a"));
  await inbox.move(1);
  expect(folded.open).toBe(true);
  expect(inbox.current?.dataset.id).toBe("doc-b");
});

test("moving on from the last document loads more", async () => {
  const inbox = opened();
  await inbox.show(item("c"));
  await inbox.move(1);
  expect(inbox.current?.dataset.id).toBe("doc-d");
  expect(document.querySelector("[data-more]")).toBeNull();
});

test("a decision is posted and leads on to the next document", async () => {
  const inbox = opened();
  await inbox.show(item("a"));
  form("kept").requestSubmit();
  await vi.waitFor(() => expect(posted()).toEqual(["/documents/doc-a/triage"]));
  expect(item("a").dataset.state).toBe("kept");
  await vi.waitFor(() => expect(inbox.current?.dataset.id).toBe("doc-b"));
});

test("a key that comes before the pane has caught up means the current document", async () => {
  const inbox = opened();
  const reading = inbox.show(item("c"));
  expect(document.querySelector<HTMLElement>("[data-pane]")?.dataset.id).toBe("doc-a");
  form("kept").requestSubmit();
  await reading;
  await vi.waitFor(() => expect(posted()).toEqual(["/documents/doc-c/triage"]));
  expect(item("c").dataset.state).toBe("kept");
  expect(item("a").dataset.state).toBe("new");
});

test("a whole story is dropped and the next story come to", async () => {
  const inbox = opened();
  await inbox.show(item("a"));
  document.querySelector<HTMLFormElement>("[data-whole]")?.requestSubmit();
  await vi.waitFor(() => expect(inbox.current?.dataset.id).toBe("doc-c"));
  expect([item("a").dataset.state, item("b").dataset.state, item("c").dataset.state]).toEqual([
    "dropped",
    "dropped",
    "new",
  ]);
});

test("a refused decision is taken back and said", async () => {
  const inbox = opened();
  await inbox.show(item("c"));
  answers.mockImplementation(async () => new Response('{"error":{"message":"Not yours."}}', { status: 403 }));
  form("kept").requestSubmit();
  await vi.waitFor(() => expect(item("c").textContent).toContain("Not yours."));
  expect(item("c").dataset.state).toBe("new");
});

test("undo shows again what it took back", async () => {
  const inbox = opened();
  await inbox.show(item("a"));
  form("kept").requestSubmit();
  await vi.waitFor(() => expect(inbox.current?.dataset.id).toBe("doc-b"));
  document.querySelector<HTMLFormElement>("[data-undo]")?.requestSubmit();
  await vi.waitFor(() => expect(inbox.current?.dataset.id).toBe("doc-a"));
  expect(item("a").dataset.state).toBe("new");
  expect(document.querySelector("[data-said]")?.textContent).toBe("Taken back.");
});

test("a task is set and the document stays open", async () => {
  const inbox = opened();
  await inbox.show(item("a"));
  form("task").requestSubmit();
  await vi.waitFor(() => expect(document.querySelector("[data-said]")?.textContent).toBe("The task is set."));
  expect(posted()).toEqual(["/documents/doc-a/assign"]);
  expect([item("a").dataset.state, inbox.current?.dataset.id]).toEqual(["new", "doc-a"]);
});
