/** What the checks found: marked in the text, listed beside it, and mended where a remedy is offered. */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import { button, el } from "../dom";
import { unit } from "./code-points";
import type { Finding } from "./edition";
import { isParagraph, textOf } from "./schema";
import { positionOf } from "./sentences";

const key = new PluginKey<DecorationSet>("findings");

/** Findings of an answer, whichever way they are wrapped. */
export function findingsOf(answer: unknown): Finding[] {
  const list = typeof answer === "object" && answer !== null && "findings" in answer ? answer.findings : answer;
  if (!Array.isArray(list)) return [];
  return list.filter((entry) => typeof entry === "object" && entry !== null && typeof entry.message === "string");
}

/** Where a stretch of a paragraph lies in the document; `null` where the paragraph or its words have changed. */
export function placeOf(doc: Node, paragraph: string, start: number, end: number): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  doc.forEach((node, at) => {
    if (found || !isParagraph(node) || node.attrs.id !== paragraph || paragraph === "") return;
    const text = textOf(node);
    const [first, last] = [unit(text, start), unit(text, end)];
    const from = positionOf(node, at, first, true);
    found = { from, to: last > first ? positionOf(node, at, last, false) : from };
  });
  return found;
}

function decorations(doc: Node, findings: readonly Finding[]): DecorationSet {
  const found = findings.flatMap((finding, index) => {
    const place = finding.paragraph === null ? null : placeOf(doc, finding.paragraph, finding.start, finding.end);
    if (!place || place.to <= place.from) return [];
    const attributes = { class: "finding-span", "data-severity": finding.severity, title: finding.message };
    return [Decoration.inline(place.from, place.to, attributes, { index })];
  });
  return DecorationSet.create(doc, found);
}

/** Keeps the marks of findings on their words while the text goes on. */
export function findingMarks(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, before) => {
        const findings = tr.getMeta(key) as Finding[] | undefined;
        return findings ? decorations(tr.doc, findings) : before.map(tr.mapping, tr.doc);
      },
    },
    props: {
      decorations(state) {
        return key.getState(state);
      },
    },
  });
}

/** Marks these findings in the text instead of those before. */
export function markFindings(view: EditorView, findings: readonly Finding[]): void {
  view.dispatch(view.state.tr.setMeta(key, findings).setMeta("addToHistory", false));
}

/** Where a finding's words are now; `null` where they are gone. */
function now(view: EditorView, index: number): { from: number; to: number } | null {
  const found = key.getState(view.state)?.find(undefined, undefined, (spec) => spec.index === index)[0];
  return found && found.to > found.from ? { from: found.from, to: found.to } : null;
}

function show(view: EditorView, finding: Finding, index: number): void {
  const place =
    now(view, index) ?? (finding.paragraph === null ? null : placeOf(view.state.doc, finding.paragraph, 0, 0));
  if (!place) return;
  view.dispatch(
    view.state.tr.setSelection(TextSelection.create(view.state.doc, place.from, place.to)).scrollIntoView(),
  );
  view.focus();
}

/** Puts the remedy in, if the words are still those that it was made for. */
function mend(view: EditorView, finding: Finding, index: number): boolean {
  const { fix, paragraph } = finding;
  const marked = now(view, index);
  if (!fix || paragraph === null || !marked) return false;
  const place = placeOf(view.state.doc, paragraph, fix.start, fix.end);
  const there = placeOf(view.state.doc, paragraph, finding.start, finding.end);
  if (!place || there?.from !== marked.from || there.to !== marked.to) return false;
  view.dispatch(view.state.tr.insertText(fix.replacement, place.from, place.to).scrollIntoView());
  view.focus();
  return true;
}

function item(view: EditorView, finding: Finding, index: number): HTMLElement {
  const { severity, message, excerpt, hint, rule, fix } = finding;
  const element = el(
    "li",
    { class: "finding", "data-severity": severity },
    el("p", { class: "finding-what" }, el("span", { class: `badge severity-${severity}` }, severity), ` ${message}`),
  );
  if (excerpt !== "") {
    element.append(
      el(
        "p",
        { class: "finding-where" },
        button(el("bdi", {}, excerpt), () => show(view, finding, index), { class: "finding-jump" }),
      ),
    );
  }
  if (hint) element.append(el("p", { class: "finding-hint" }, hint));
  if (fix) {
    const press = button(fix.label, () => {
      if (mend(view, finding, index)) press.disabled = true;
      else press.replaceWith(el("span", { class: "finding-hint" }, "The words have changed; check again."));
    });
    element.append(press, " ");
  }
  element.append(
    el("a", { class: "finding-rule", href: `/manual/checks/${encodeURIComponent(rule)}`, target: "_blank" }, rule),
  );
  return element;
}

/** The list of findings beside the text. */
export function listFindings(view: EditorView, findings: readonly Finding[]): HTMLElement[] {
  if (findings.length === 0) return [el("p", { class: "empty" }, "The checks found nothing.")];
  return [el("ol", {}, ...findings.map((finding, index) => item(view, finding, index)))];
}
