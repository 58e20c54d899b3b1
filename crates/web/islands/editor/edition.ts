/** The edition as the API carries it. Every offset counts Unicode code points of a paragraph's text. */

export type MarkKind =
  | { is: "bold" }
  | { is: "italic" }
  | { is: "link"; url: string }
  | { is: "cross_reference"; edition: string | null; sentence: string | null; url: string | null; date: string | null };

export type TextMark = { start: number; end: number } & MarkKind;

export interface CitationMark {
  offset: number;
  citation: string;
}

export const STEPS = ["made", "reaffirmed", "revised", "superseded", "resolved"] as const;

export interface Judgement {
  assessment: string;
  step: (typeof STEPS)[number];
}

export interface Sentence {
  id: string;
  start: number;
  end: number;
  events?: string[];
  judgement?: Judgement;
}

export type ParagraphKind = "prose" | "list_item" | "figure" | "quotation";

export interface Paragraph {
  id: string;
  kind: ParagraphKind;
  text: string;
  sentences: Sentence[];
  marks?: TextMark[];
  citations?: CitationMark[];
  campaign?: string;
  figure?: string;
}

export interface Takeaway extends Paragraph {
  announces: string | null;
}

export interface Section {
  section: string | null;
  title: string;
  level: number;
  scope: string | null;
  paragraphs: Paragraph[];
}

export interface Passage {
  exact: string;
  prefix: string;
  suffix: string;
}

export type Target =
  | { to: "document"; document: string; passage: Passage | null }
  | { to: "address"; url: string }
  | { to: "edition"; edition: string | null; sentence: string | null; url: string | null; date: string | null }
  | { to: "assessment"; assessment: string }
  | { to: "text" };

export type Reference = Target & { printed: string | null; defanged: boolean | null };

export interface Citation {
  id: string;
  references: Reference[];
  label: string | null;
}

export interface Edition {
  id: string;
  desk: string;
  slug: string;
  title: string;
  date: string;
  cutoff: string | null;
  authors: string[];
  standing: string | null;
  notices: string[];
  takeaways: Takeaway[];
  sections: Section[];
  citations: Citation[];
  state: string;
  [other: string]: unknown;
}

export interface Finding {
  rule: string;
  severity: "error" | "warning" | "advice";
  start: number;
  end: number;
  excerpt: string;
  message: string;
  hint?: string | null;
  fix?: { label: string; start: number; end: number; replacement: string } | null;
  paragraph: string | null;
}
