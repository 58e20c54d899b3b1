/** The editor of one edition: text, bar, head, findings, saving. */
import { baseKeymap } from "prosemirror-commands";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { EditorState, NodeSelection, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { button, el } from "../dom";
import { reason, request } from "../request";
import { type Circumstances, editCitation } from "./actions";
import { adopt } from "./adopting";
import { Catalogue, type Catalogues } from "./catalogue";
import type { Edition } from "./edition";
import { findingMarks, findingsOf, listFindings, markFindings } from "./findings";
import { type Head, headFields } from "./head";
import { type Copy, KeptCopy } from "./kept-copy";
import { CitationView, numbering } from "./numbering";
import type { Numerals } from "./numerals";
import { read } from "./reading";
import { type Draft, Saver, type SaveState } from "./saver";
import { schema } from "./schema";
import { staleNotice } from "./stale";
import { keys, toolbar } from "./toolbar";
import { write } from "./writing";

const DELAY = 1800;

/** What a draft's address answers, or an error in words. */
export function draftOf(answer: unknown): Draft {
  if (typeof answer === "object" && answer !== null && "version" in answer && "edition" in answer) {
    return { version: Number(answer.version), edition: answer.edition as Edition };
  }
  throw new Error("The server sent no draft.");
}

export class EditorPage {
  readonly #root: HTMLElement;
  readonly #catalogues: Catalogues;
  readonly #numerals: Numerals;
  readonly #copy: KeptCopy;
  readonly #status = el("p", { class: "editor-status", role: "status" });
  readonly #notices = el("div", { class: "editor-notices" });
  readonly #head = el("div", {});
  readonly #text = el("div", { class: "editor-text" });
  readonly #findings = el("div", {});
  readonly #count = el("span", { class: "count" });
  readonly #outline = el("ol", { class: "editor-outline" });
  #base: Edition;
  #view: EditorView;
  #saver: Saver<Node>;
  #checked = 0;
  #asking = 0;

  constructor(root: HTMLElement, place: HTMLElement, draft: Draft) {
    const { documents = "", editions = "", assessments = "", events = "", campaigns = "" } = root.dataset;
    this.#root = root;
    this.#base = draft.edition;
    this.#numerals = root.dataset.numerals === "arabic" ? "arabic" : "roman";
    this.#copy = new KeptCopy(this.#draftUrl);
    this.#catalogues = {
      documents: new Catalogue(documents),
      editions: new Catalogue(editions),
      assessments: new Catalogue(assessments),
      events: new Catalogue(events),
      campaigns: new Catalogue(campaigns),
    };
    this.#saver = this.#newSaver(draft.version);
    const doing = {
      circumstances: () => this.#circumstances,
      save: () => void this.#saver.save(),
      check: () => void this.#check(write(this.#view.state.doc, this.#base)),
    };
    const bar = toolbar(doing, this.#status);
    place.replaceChildren(bar.element, this.#notices, this.#head, this.#grid());
    this.#view = this.#newView(draft.edition, keys(doing), bar.update);
    this.#showHead();
    bar.update();
    this.#drawOutline();
    this.#say("saved", `Version ${draft.version}`);
    this.#offerCopy(draft);
    void this.#check(draft.edition);
    addEventListener("beforeunload", (event) => {
      if (this.#saver.hasUnsaved) event.preventDefault();
    });
    // A tab that goes to the background may never come back: save at once.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.#saver.save();
    });
  }

  get #draftUrl(): string {
    return this.#root.dataset.draft ?? "";
  }

  get #circumstances(): Circumstances {
    return {
      view: this.#view,
      catalogues: this.#catalogues,
      numerals: this.#numerals,
      say: (words) => {
        this.#status.textContent = words;
      },
    };
  }

  #grid(): HTMLElement {
    const side = el(
      "aside",
      { class: "editor-side", "aria-label": "Beside the text" },
      el(
        "section",
        { class: "findings", "aria-labelledby": "editor-findings" },
        el("h2", { id: "editor-findings" }, "Findings ", this.#count),
        this.#findings,
      ),
      el("nav", { "aria-label": "Parts of the edition" }, el("h2", {}, "Parts"), this.#outline),
    );
    return el("div", { class: "editor-grid" }, this.#text, side);
  }

  #newView(edition: Edition, bindings: ReturnType<typeof keys>, update: () => void): EditorView {
    const state = EditorState.create({
      doc: read(edition),
      plugins: [history(), keymap(bindings), keymap(baseKeymap), numbering(this.#numerals), findingMarks()],
    });
    return new EditorView(this.#text, {
      state,
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "The edition", spellcheck: "true" },
      nodeViews: {
        citation: (node, view, getPos, given) =>
          new CitationView(node, view, getPos, given, (position) => void editCitation(this.#circumstances, position)),
      },
      handleKeyDown: (view, event) => {
        const { selection } = view.state;
        if (
          event.key !== "Enter" ||
          !(selection instanceof NodeSelection) ||
          selection.node.type !== schema.nodes.citation
        )
          return false;
        void editCitation(this.#circumstances, selection.from);
        return true;
      },
      dispatchTransaction: (tr) => {
        this.#view.updateState(this.#view.state.apply(tr));
        update();
        if (!tr.docChanged) return;
        this.#drawOutline();
        if (!tr.getMeta("adopted")) this.#touched();
      },
    });
  }

  #newSaver(version: number): Saver<Node> {
    return new Saver<Node>(version, {
      delay: DELAY,
      put: async (edition, on) =>
        draftOf(await request(this.#draftUrl, { method: "PUT", json: edition, headers: { "If-Match": `"${on}"` } })),
      take: () => ({ edition: write(this.#view.state.doc, this.#base), sent: this.#view.state.doc }),
      saved: (draft, sent) => this.#saved(draft, sent),
      changed: (state, words) => {
        this.#say(state, words);
        if (state === "stale") void this.#stale();
      },
    });
  }

  #touched(): void {
    this.#saver.touched();
    clearTimeout(this.#asking);
    this.#asking = window.setTimeout(() => this.#keepCopy(), 400);
  }

  #keepCopy(): void {
    if (!this.#saver.hasUnsaved) return;
    const edition = write(this.#view.state.doc, this.#base);
    this.#copy.write({ version: this.#saver.version, at: new Date().toISOString(), edition });
  }

  #saved(draft: Draft, sent: Node): void {
    const tr = adopt(this.#view.state, sent, draft.edition);
    if (tr) this.#view.dispatch(tr);
    // Head fields that were changed while the save was under way stay as they are on the screen.
    const { date, cutoff, authors } = this.#base;
    this.#base = { ...draft.edition, date, cutoff, authors };
    if (!this.#saver.hasUnsaved) this.#copy.drop();
    void this.#check(draft.edition);
  }

  #say(state: SaveState, words: string): void {
    this.#status.dataset.state = state;
    this.#status.textContent = words;
  }

  #showHead(): void {
    const changed = (head: Head): void => {
      this.#base = { ...this.#base, ...head };
      this.#touched();
    };
    this.#head.replaceChildren(headFields(this.#base, changed));
  }

  /** Puts another text in place of the one on the screen; the step can be undone. It is to be saved unless it is `kept`. */
  #replace(edition: Edition, kept: boolean): void {
    const doc = read(edition);
    const tr = this.#view.state.tr.replaceWith(0, this.#view.state.doc.content.size, doc.content);
    tr.setDocAttribute("citations", doc.attrs.citations).setSelection(TextSelection.atStart(tr.doc));
    const { date, cutoff, authors } = edition;
    this.#base = { ...this.#base, date, cutoff, authors };
    this.#view.dispatch(kept ? tr.setMeta("adopted", true) : tr);
    this.#showHead();
  }

  async #stale(): Promise<void> {
    this.#keepCopy();
    try {
      const theirs = draftOf(await request(this.#draftUrl));
      this.#saver.learn(theirs.version);
      const notice = staleNotice({
        mine: write(this.#view.state.doc, this.#base),
        theirs: theirs.edition,
        version: theirs.version,
        overwrite: () => {
          notice.remove();
          void this.#saver.overwrite();
        },
        drop: () => {
          notice.remove();
          this.#copy.drop();
          this.#saver = this.#newSaver(theirs.version);
          this.#base = theirs.edition;
          this.#replace(theirs.edition, true);
          this.#say("saved", `Version ${theirs.version}`);
          void this.#check(theirs.edition);
        },
      });
      this.#notices.replaceChildren(notice);
      notice.scrollIntoView({ block: "nearest" });
    } catch (error) {
      const again = button("Look again", () => void this.#stale());
      this.#notices.replaceChildren(
        el("div", { class: "flash bad", role: "alert" }, el("p", {}, reason(error)), again),
      );
    }
  }

  /** Text of an earlier visit that never got to the server is offered, not put in. */
  #offerCopy(draft: Draft): void {
    const copy = this.#copy.read();
    if (!copy) return;
    if (
      JSON.stringify(write(read(copy.edition), draft.edition)) ===
      JSON.stringify(write(read(draft.edition), draft.edition))
    ) {
      this.#copy.drop();
      return;
    }
    this.#notices.append(this.#copyNotice(copy, draft));
  }

  #copyNotice(copy: Copy, draft: Draft): HTMLElement {
    const when = new Date(copy.at).toLocaleString(document.documentElement.lang || "en");
    const since =
      copy.version === draft.version
        ? ""
        : " The edition has been saved by somebody since; taking it up replaces the text on the screen.";
    const notice = el(
      "div",
      { class: "flash plain", role: "status" },
      el("p", {}, `This browser holds text of ${when} that was never saved.${since}`),
      el(
        "div",
        { class: "toolbar" },
        button("Take it up again", () => {
          notice.remove();
          this.#replace(copy.edition, false);
        }),
        button(
          "Throw it away",
          () => {
            notice.remove();
            this.#copy.drop();
          },
          { class: "button small quiet" },
        ),
      ),
    );
    return notice;
  }

  async #check(edition: Edition): Promise<void> {
    const url = this.#root.dataset.check ?? "";
    if (url === "") return;
    this.#checked += 1;
    const turn = this.#checked;
    try {
      const findings = findingsOf(await request(url, { method: "POST", json: edition }));
      if (turn !== this.#checked) return;
      markFindings(this.#view, findings);
      this.#count.textContent = String(findings.length);
      this.#findings.replaceChildren(...listFindings(this.#view, findings));
    } catch (error) {
      if (turn === this.#checked)
        this.#findings.replaceChildren(el("p", { class: "empty" }, `Not checked: ${reason(error)}`));
    }
  }

  #drawOutline(): void {
    const parts: HTMLElement[] = [];
    this.#view.state.doc.forEach((node, at) => {
      if (node.type !== schema.nodes.heading) return;
      const jump = (): void => {
        const tr = this.#view.state.tr.setSelection(TextSelection.near(this.#view.state.doc.resolve(at + 1)));
        this.#view.dispatch(tr.scrollIntoView());
        this.#view.focus();
      };
      const words = el("bdi", {}, node.textContent || "Untitled");
      parts.push(el("li", { "data-level": node.attrs.level }, button(words, jump, { class: "finding-jump" })));
    });
    this.#outline.replaceChildren(...parts);
  }
}
