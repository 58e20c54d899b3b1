/** The bar over the text: every action with its key. */
import { toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { Command } from "prosemirror-state";
import { button, el } from "../dom";
import { type Circumstances, cite, link, markSentence, refer, tieParagraph } from "./actions";
import {
  addScope,
  addSection,
  addTakeaway,
  backspace,
  blockOf,
  deleteForward,
  dissolveHeading,
  enter,
  move,
  setKind,
} from "./commands";
import { ask } from "./dialog";
import { schema } from "./schema";

interface Action {
  name: string;
  /** In the keymap's spelling; empty for a button without a key. */
  key: string;
  /** Stands on the button in place of the name. */
  symbol?: string;
  /** Left out of the bar: it is only a key. */
  isKeyOnly?: boolean;
  run: Command;
}

interface Doing {
  circumstances: () => Circumstances;
  save: () => void;
  check: () => void;
}

const asking =
  (doing: Doing, action: (given: Circumstances) => Promise<void>): Command =>
  (_, dispatch) => {
    if (dispatch) void action(doing.circumstances());
    return true;
  };

const plainly =
  (then: () => void): Command =>
  (_, dispatch) => {
    if (dispatch) then();
    return true;
  };

/** All actions, in the bar's order. */
export function actions(doing: Doing): Action[] {
  return [
    { name: "Cite", key: "Alt-Shift-n", run: asking(doing, cite) },
    { name: "Sentence", key: "Alt-Shift-s", run: asking(doing, markSentence) },
    { name: "Refer", key: "Alt-Shift-r", run: asking(doing, refer) },
    { name: "Link", key: "Mod-k", run: asking(doing, link) },
    { name: "Bold", symbol: "B", key: "Mod-b", run: toggleMark(schema.marks.bold) },
    { name: "Italic", symbol: "I", key: "Mod-i", run: toggleMark(schema.marks.italic) },
    { name: "Takeaway", key: "Alt-Shift-t", run: addTakeaway },
    { name: "Section", key: "Alt-Shift-h", run: addSection(1) },
    { name: "Subsection", key: "Alt-Shift-j", run: addSection(2) },
    { name: "Scope", key: "", run: addScope },
    { name: "Paragraph", key: "Alt-Shift-p", run: asking(doing, tieParagraph) },
    { name: "Dissolve heading", key: "", isKeyOnly: true, run: dissolveHeading },
    { name: "Paragraph up", key: "Alt-ArrowUp", isKeyOnly: true, run: move(-1) },
    { name: "Paragraph down", key: "Alt-ArrowDown", isKeyOnly: true, run: move(1) },
    { name: "Undo", symbol: "↶", key: "Mod-z", run: undo },
    { name: "Redo", symbol: "↷", key: "Mod-Shift-z", run: redo },
    { name: "Check", key: "Alt-Shift-c", run: plainly(doing.check) },
    { name: "Save", key: "Mod-s", run: plainly(doing.save) },
    { name: "Keys", key: "Mod-/", run: plainly(() => void showKeys(doing)) },
  ];
}

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** A key as it stands on the keyboard. */
export function printedKey(key: string): string {
  const words: Record<string, string> = {
    Mod: isMac ? "⌘" : "Ctrl",
    Alt: isMac ? "⌥" : "Alt",
    ArrowUp: "↑",
    ArrowDown: "↓",
  };
  return key
    .split("-")
    .map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}

async function showKeys(doing: Doing): Promise<void> {
  const rows = actions(doing)
    .filter(({ key }) => key !== "")
    .map(({ name, key }) => [name, printedKey(key)] as const);
  await ask<never>("Keys of the editor", () => [
    el(
      "table",
      { class: "table" },
      el(
        "tbody",
        {},
        ...rows.map(([name, key]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, el("kbd", {}, key)))),
      ),
    ),
    el(
      "p",
      { class: "hint" },
      "Enter splits a paragraph; in a heading it leads on. A press on a note opens its references, and so does Enter where it is selected.",
    ),
  ]);
  doing.circumstances().view.focus();
}

/** The keymap of the editor. */
export function keys(doing: Doing): Record<string, Command> {
  const named = actions(doing)
    .filter(({ key }) => key !== "")
    .map(({ key, run }): [string, Command] => [key, run]);
  return {
    ...Object.fromEntries(named),
    "Mod-y": redo,
    Enter: enter,
    "Shift-Enter": enter,
    Backspace: backspace,
    Delete: deleteForward,
  };
}

const KINDS = [
  ["prose", "Prose"],
  ["list_item", "List item"],
  ["quotation", "Quotation"],
  ["figure", "Figure"],
] as const;

/** The bar itself, and what brings it up to date after a change. */
export function toolbar(doing: Doing, status: HTMLElement): { element: HTMLElement; update: () => void } {
  const bar = actions(doing).filter(({ isKeyOnly }) => !isKeyOnly);
  const run = (command: Command): void => {
    const { view } = doing.circumstances();
    command(view.state, (tr) => view.dispatch(tr), view);
    if (!document.querySelector("dialog[open]")) view.focus();
  };
  const buttons = bar.map((action) => {
    const press = button(action.symbol ?? action.name, () => run(action.run), {
      title: action.key ? `${action.name} (${printedKey(action.key)})` : null,
      "aria-label": action.symbol ? action.name : null,
    });
    // The selection stays where it is when a button is pressed.
    press.addEventListener("mousedown", (event) => event.preventDefault());
    return { press, action };
  });
  const kind = el(
    "select",
    { "aria-label": "Kind of paragraph", class: "editor-kind" },
    ...KINDS.map(([value, label]) => el("option", { value }, label)),
  );
  kind.addEventListener("change", () => run(setKind(kind.value)));
  const dissolve = button("Dissolve heading", () => run(dissolveHeading), { hidden: true });
  const element = el(
    "div",
    { class: "editor-bar", role: "group", "aria-label": "Editing" },
    ...buttons.map(({ press }) => press),
    kind,
    dissolve,
    status,
  );
  const update = (): void => {
    const { state } = doing.circumstances().view;
    for (const { press, action } of buttons) press.disabled = !action.run(state);
    const block = blockOf(state);
    kind.disabled = block?.node.type !== schema.nodes.para;
    kind.value = String(block?.node.attrs.kind ?? "prose");
    dissolve.hidden = !dissolveHeading(state);
  };
  return { element, update };
}
