// What the sample pages ask for: a draft kept in memory, lists to search, findings. As the API answers, but invented.
const sentence = (id, start, end, more = {}) => ({ id, start, end, ...more });

const texts = {
  t1: "Goods trains on the northern line stood still for a third day.",
  p1: "Goods trains on the northern line stood still for a third day on 20 November. Both accounts agree on the day the traffic stopped, as this update assessed before.",
  p2: "The exercise authority likely means to reopen the line before the end of the month. It has called back two crews.",
  p3: "قطارهای باری سه روز است که ایستاده‌اند. هیچ‌کس زمان حرکت را نمی‌داند.",
};

const document = (id, exact) => ({
  to: "document",
  document: id,
  passage: exact ? { exact, prefix: "", suffix: "" } : null,
  printed: null,
  defanged: null,
});

export const draft = {
  version: 7,
  edition: {
    id: "iran/2026-11-20",
    desk: "iran",
    slug: "2026-11-20",
    title: "Example Update, 20 November 2026",
    date: "2026-11-20",
    cutoff: "2026-11-20T19:00:00Z",
    authors: ["N. Example", "O. Other"],
    standing: "This update follows an invented exercise from day to day.",
    notices: ["There will be no update on 22 November."],
    takeaways: [{ id: "p-t1", kind: "prose", text: texts.t1, sentences: [sentence("t-0", 0, 62)], announces: "p-1" }],
    sections: [
      {
        section: "rail",
        title: "Rail",
        level: 1,
        scope: "Movements on the northern line, and the statements made about them.",
        paragraphs: [
          {
            id: "p-1",
            kind: "prose",
            text: texts.p1,
            sentences: [sentence("t-1", 0, 77, { events: ["ev-1"] }), sentence("t-2", 78, 161)],
            marks: [
              {
                start: 133,
                end: 160,
                is: "cross_reference",
                edition: "iran/2026-11-12",
                sentence: null,
                url: null,
                date: "2026-11-12",
              },
            ],
            citations: [
              { offset: 77, citation: "c-a" },
              { offset: 161, citation: "c-b" },
            ],
          },
          {
            id: "p-2",
            kind: "prose",
            text: texts.p2,
            sentences: [
              sentence("t-3", 0, 83, { judgement: { assessment: "as-1", step: "revised" } }),
              sentence("t-4", 84, 113),
            ],
            citations: [{ offset: 113, citation: "c-a" }],
          },
        ],
      },
      {
        section: null,
        title: "In the words of the outlets",
        level: 2,
        scope: null,
        paragraphs: [
          {
            id: "p-3",
            kind: "quotation",
            text: texts.p3,
            sentences: [sentence("t-5", 0, 39), sentence("t-6", 40, 69)],
          },
          {
            id: "p-4",
            kind: "list_item",
            text: "Eleven trains at the border station.",
            sentences: [sentence("t-7", 0, 36)],
          },
        ],
      },
    ],
    citations: [
      {
        id: "c-a",
        references: [
          document("d-1", "سه روز است که ایستاده‌اند"),
          { to: "address", url: "https://exercise-news.example/rail", printed: null, defanged: null },
        ],
        label: null,
      },
      {
        id: "c-b",
        references: [
          {
            to: "edition",
            edition: "iran/2026-11-12",
            sentence: null,
            url: null,
            date: "2026-11-12",
            printed: null,
            defanged: null,
          },
        ],
        label: null,
      },
    ],
    state: "drafting",
    published: null,
    corrections: [],
    origin_url: null,
  },
};

const lists = {
  documents: [
    {
      id: "d-1",
      title: "قطارهای باری سه روز است که ایستاده‌اند",
      source: "Exercise News",
      language: "fa",
      published: "2026-11-20",
      url: "https://exercise-news.example/rail",
      text: "خبرنگار این روزنامه یازده قطار را در ایستگاه مرزی شمرد.\nقطارهای باری سه روز است که ایستاده‌اند. هیچ‌کس زمان حرکت را نمی‌داند.",
    },
    {
      id: "d-2",
      title: "Works on the signals of the northern line",
      source: "State Outlet",
      language: "en",
      published: "2026-11-20",
      url: "https://state-outlet.example/1",
      text: "Works on the signals of the northern line go on.\nNo day was named for their end.",
    },
  ],
  editions: [
    { id: "iran/2026-11-12", title: "Example Update, 12 November 2026", date: "2026-11-12", slug: "2026-11-12" },
  ],
  assessments: [{ id: "as-1", statement: "The line reopens before the end of the month.", likelihood: "likely" }],
  events: [
    {
      id: "ev-1",
      summary: "Trains stand still at the border station.",
      type: "rail",
      when: "18 November 2026",
      place: "Border station",
    },
  ],
  campaigns: [{ id: "land-bridge", title: "The land bridge" }],
};

const findings = [
  {
    rule: "uncited-statement",
    severity: "error",
    line: 3,
    start: 84,
    end: 113,
    excerpt: "It has called back two crews.",
    message: "The sentence states a fact and cites nothing.",
    hint: "Cite what it rests on.",
    fix: null,
    paragraph: "p-2",
  },
  {
    rule: "vague-time",
    severity: "advice",
    line: 1,
    start: 52,
    end: 61,
    excerpt: "third day",
    message: "Which day is meant?",
    hint: null,
    fix: { label: "Write “third day running”", start: 52, end: 61, replacement: "third day running" },
    paragraph: "p-1",
  },
];

let count = 0;
const words = (text) =>
  [...text.matchAll(/[^.!?؟]+[.!?؟]+/gu)].map((match) => {
    const lead = match[0].length - match[0].trimStart().length;
    const start = [...text.slice(0, match.index + lead)].length;
    return { start, end: start + [...match[0].trim()].length };
  });

/** Splits sentences again and fills ids in, as the server does (in a small way). */
function kept(edition) {
  for (const paragraph of [...edition.takeaways, ...edition.sections.flatMap((section) => section.paragraphs)]) {
    paragraph.id ||= `p-n${++count}`;
    const before = paragraph.sentences;
    paragraph.sentences = words(paragraph.text).map((range) => {
      const old = before.find((one) => one.start < range.end && range.start < one.end);
      if (old) before.splice(before.indexOf(old), 1);
      return { ...old, id: old?.id || `t-n${++count}`, ...range };
    });
  }
  return edition;
}

/** Answers a request of a sample page, or `null`. */
export function answer(method, path, query, body, headers) {
  if (path === "/sample/draft" && method === "GET") return [200, draft];
  if (path === "/sample/draft") {
    if (headers["if-match"] !== `"${draft.version}"`)
      return [412, { error: { message: "Somebody else has saved." }, version: draft.version }];
    draft.version += 1;
    draft.edition = kept(body);
    return [200, draft];
  }
  if (path === "/sample/check") return [200, findings];
  if (path === "/sample/sorted") return [200, {}];
  const [, name, id] = /^\/sample\/([a-z]+)(?:\/(.+))?$/.exec(path) ?? [];
  const list = lists[name ?? ""];
  if (!list) return null;
  if (id) {
    const found = list.find((item) => item.id === decodeURIComponent(id));
    return found
      ? [200, name === "editions" ? { ...found, edition: draft.edition } : found]
      : [404, { error: { message: "Not found." } }];
  }
  const asked = query.get("q") ?? "";
  return [200, { items: list.filter((item) => JSON.stringify(item).includes(asked)) }];
}
