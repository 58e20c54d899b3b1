/** From the edited document back to the API's edition. */
import type { Mark, Node } from "prosemirror-model";
import { length } from "./code-points";
import type {
  Citation,
  CitationMark,
  Edition,
  MarkKind,
  Paragraph,
  Section,
  Sentence,
  Takeaway,
  TextMark,
} from "./edition";
import { noteNumbers } from "./numerals";
import { schema } from "./schema";

/** Hands out ids once: a copy of a paragraph or sentence is a new one. */
class Once {
  readonly #given = new Set<string>();

  id(id: string): string {
    if (id === "" || this.#given.has(id)) return "";
    this.#given.add(id);
    return id;
  }
}

interface Taken {
  paragraphs: Once;
  sentences: Once;
}

interface Run {
  start: number;
  end: number;
  mark: Mark;
}

/** Neighbouring stretches with an equal mark are one. */
function extend(runs: Run[], mark: Mark, start: number, end: number): void {
  const last = runs.findLast((run) => run.mark.eq(mark));
  if (last && last.end === start) last.end = end;
  else runs.push({ start, end, mark });
}

interface Stretches {
  text: string;
  sentences: Run[];
  marks: Run[];
  citations: CitationMark[];
}

function stretches(node: Node): Stretches {
  const found: Stretches = { text: "", sentences: [], marks: [], citations: [] };
  let at = 0;
  node.forEach((child) => {
    if (child.type === schema.nodes.citation) {
      found.citations.push({ offset: at, citation: String(child.attrs.id) });
      return;
    }
    const text = child.text ?? "";
    const end = at + length(text);
    for (const mark of child.marks) {
      extend(mark.type === schema.marks.sentence ? found.sentences : found.marks, mark, at, end);
    }
    found.text += text;
    at = end;
  });
  return found;
}

function sentenceOf({ start, end, mark }: Run, taken: Taken): Sentence {
  const { id, events, judgement } = mark.attrs;
  const sentence: Sentence = { id: taken.sentences.id(String(id)), start, end };
  if (events.length > 0) sentence.events = [...events];
  if (judgement) sentence.judgement = judgement;
  return sentence;
}

function markOf({ start, end, mark }: Run): TextMark {
  return { start, end, ...({ is: mark.type.name, ...mark.attrs } as MarkKind) };
}

function paragraphOf(node: Node, taken: Taken): Paragraph {
  const { text, sentences, marks, citations } = stretches(node);
  const { id, kind, campaign, figure } = node.attrs;
  const sorted = marks.sort((a, b) => a.start - b.start || a.end - b.end);
  return {
    id: taken.paragraphs.id(String(id)),
    kind,
    text,
    sentences: sentences.map((run) => sentenceOf(run, taken)),
    ...(sorted.length > 0 && { marks: sorted.map(markOf) }),
    ...(citations.length > 0 && { citations }),
    ...(campaign !== null && { campaign }),
    ...(figure !== null && { figure }),
  };
}

const isEmpty = (node: Node): boolean => node.content.size === 0 && !node.attrs.figure;

/** What a section's heading begins. */
const sectionOf = (node: Node): Section => ({
  section: node.attrs.section,
  title: node.textContent,
  level: node.attrs.level,
  scope: null,
  paragraphs: [],
});

function add(edition: Edition, node: Node, taken: Taken): void {
  const section = edition.sections.at(-1);
  const words = node.textContent;
  switch (node.type.name) {
    case "title":
      edition.title = words;
      return;
    case "standing":
      edition.standing = words || null;
      return;
    case "notice":
      if (words !== "") edition.notices.push(words);
      return;
    case "takeaway": {
      if (isEmpty(node)) return;
      const entry: Takeaway = { ...paragraphOf(node, taken), announces: node.attrs.announces };
      edition.takeaways.push(entry);
      return;
    }
    case "heading":
      edition.sections.push(sectionOf(node));
      return;
    case "scope":
      if (section) section.scope = words || null;
      return;
    default:
      if (!isEmpty(node)) section?.paragraphs.push(paragraphOf(node, taken));
  }
}

/** The edition of a document; what the document doesn't hold (state, date, authors …) is that of `base`. */
export function write(doc: Node, base: Edition): Edition {
  const taken: Taken = { paragraphs: new Once(), sentences: new Once() };
  const edition: Edition = {
    ...base,
    title: "",
    standing: null,
    notices: [],
    takeaways: [],
    sections: [],
    citations: [],
  };
  doc.forEach((node) => {
    add(edition, node, taken);
  });
  const citations = doc.attrs.citations as Record<string, Citation>;
  edition.citations = [...noteNumbers(doc).keys()].map((id) => citations[id] ?? { id, references: [], label: null });
  return edition;
}
