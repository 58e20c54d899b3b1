/** Somebody else has saved meanwhile: both texts are shown, and a person decides. Nothing is merged by itself. */
import { button, el } from "../dom";
import { differences } from "./differences";
import type { Edition } from "./edition";

interface Choices {
  mine: Edition;
  theirs: Edition;
  version: number;
  overwrite: () => void;
  drop: () => void;
}

const KINDS = { added: "Only in yours", dropped: "Only in theirs", reworded: "Worded otherwise" } as const;

/** All words of an edition, for the clipboard. */
export function plainText(edition: Edition): string {
  const sections = edition.sections.flatMap(({ title, scope, paragraphs }) => [
    title,
    scope ?? "",
    ...paragraphs.map(({ text }) => text),
  ]);
  const all = [edition.title, ...edition.notices, ...edition.takeaways.map(({ text }) => text), ...sections];
  return all.filter((part) => part !== "").join("\n\n");
}

/** A press twice: the first one asks. */
function surely(label: string, sure: string, then: () => void, kind: string): HTMLButtonElement {
  let isAsked = false;
  const press = button(
    label,
    () => {
      if (isAsked) then();
      isAsked = true;
      press.textContent = sure;
    },
    { class: kind },
  );
  return press;
}

/** The message with its choices. */
export function staleNotice({ mine, theirs, version, overwrite, drop }: Choices): HTMLElement {
  const found = differences(mine, theirs);
  const copy = button("Copy my text", () => {
    navigator.clipboard.writeText(plainText(mine)).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "The browser did not allow it"),
    );
  });
  return el(
    "div",
    { class: "flash bad editor-stale", role: "alert" },
    el(
      "p",
      {},
      el("strong", {}, "Somebody else has saved this edition while you were writing."),
      ` Version ${version} is kept; your text is only here, and in this browser. Nothing was merged.`,
    ),
    el(
      "div",
      { class: "toolbar" },
      copy,
      surely("Put my text over theirs", "Really put it over theirs?", overwrite, "button small danger"),
      surely("Drop my text, take theirs", "Really drop my text?", drop, "button small danger"),
    ),
    el(
      "details",
      { open: found.length > 0 && found.length < 8 },
      el("summary", {}, `${found.length} differences`),
      el(
        "div",
        { class: "diff" },
        ...found.map(({ kind, mine: own, theirs: other }) =>
          el(
            "p",
            { class: kind, dir: "auto" },
            el("span", { class: "diff-kind" }, KINDS[kind]),
            other === "" ? null : el("del", {}, other),
            " ",
            own === "" ? null : el("ins", {}, own),
          ),
        ),
      ),
    ),
  );
}
