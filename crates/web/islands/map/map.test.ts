import { expect, test } from "vitest";
import { dayInWords, dayNumber, isoDay } from "./days";
import { bounds, featuresOf, middle } from "./features";
import { counts, type Dated, inTime, isShown } from "./filter";
import { readState, writeState } from "./hash";
import { slotOffset, slots } from "./spread";

const day = (iso: string): number => dayNumber(iso) ?? Number.NaN;
const thing = (date: string, until: string | null = null, kind = "event"): Dated => ({
  kind,
  layer: "l",
  of: "protest",
  date,
  until,
});
const span = (from: string, to: string, hidden: string[] = []) => ({
  from: day(from),
  to: day(to),
  hidden: new Set(hidden),
});

test("days count and are written again", () => {
  expect(day("2026-11-03") - day("2026-10-31")).toBe(3);
  expect(isoDay(day("2028-02-29"))).toBe("2028-02-29");
  expect(dayNumber("soon")).toBeNull();
  expect(dayInWords(day("2026-11-03"), "en-GB")).toBe("3 Nov 2026");
});

test("what lasted is shown on each of its days", () => {
  const november = span("2026-11-01", "2026-11-30");
  expect(inTime(thing("2026-10-20", "2026-11-02"), november)).toBe(true);
  expect(inTime(thing("2026-10-20", "2026-10-31"), november)).toBe(false);
  expect(inTime(thing("2026-12-01"), november)).toBe(false);
});

test("a position goes on until it is said to have ended, and what has no day is always there", () => {
  expect(inTime(thing("2026-01-01", null, "position"), span("2026-11-01", "2026-11-30"))).toBe(true);
  expect(inTime(thing("2026-01-01"), span("2026-11-01", "2026-11-30"))).toBe(false);
  expect(inTime(thing(""), span("2026-11-01", "2026-11-30"))).toBe(true);
});

test("a line that is switched off is counted but not shown", () => {
  const filter = span("2026-11-01", "2026-11-30", ["l:protest"]);
  expect(isShown(thing("2026-11-05"), filter)).toBe(false);
  expect(counts([thing("2026-11-05"), thing("2026-12-05")], filter).get("l:protest")).toBe(1);
});

test("the state goes into the address and comes back", () => {
  const state = {
    view: { zoom: 5.25, latitude: 32.5, longitude: 53 },
    from: "2026-11-01",
    to: null,
    hide: ["iran/protests:protest", "iran/strikes:air"],
    feature: "ev-1",
  };
  expect(writeState(state)).toBe(
    "#map=5.25/32.5/53&from=2026-11-01&hide=iran/protests:protest,iran/strikes:air&feature=ev-1",
  );
  expect(readState(writeState(state))).toEqual(state);
});

test("nonsense in the address is as if it were not there", () => {
  expect(readState("#map=a/b&from=yesterday&hide=")).toEqual({
    view: null,
    from: null,
    to: null,
    hide: [],
    feature: null,
  });
  expect(readState("#map=4/120/10").view).toBeNull();
  expect(readState("#p-1").feature).toBeNull();
});

test("points of one spot get slots of their own, near it", () => {
  expect(
    slots([
      [1, 1],
      [2, 2],
      [1, 1],
      [1.00001, 1],
    ]),
  ).toEqual([0, 0, 1, 2]);
  expect(slotOffset(0)).toEqual([0, 0]);
  const places = new Set(Array.from({ length: 37 }, (_, slot) => slotOffset(slot).join()));
  expect(places.size).toBe(37);
});

test("features without id or geometry are left out, and addresses that run scripts are no addresses", () => {
  const geometry = { type: "Point", coordinates: [51, 35] };
  const found = featuresOf({
    features: [
      {
        type: "Feature",
        geometry,
        properties: { id: "a", url: "javascript:alert(1)", sources: [{ url: "//evil.example" }] },
      },
      { type: "Feature", geometry, properties: {} },
      { type: "Feature", geometry: null, properties: { id: "b" } },
    ],
  });
  expect(found.map(({ id }) => id)).toEqual(["a"]);
  expect(found[0]?.url).toBe("");
  expect(found[0]?.sources[0]?.url).toBe("");
});

test("the middle of a line is the middle of its bounds", () => {
  const line = {
    type: "LineString" as const,
    coordinates: [
      [10, 20],
      [20, 40],
    ],
  };
  expect(bounds(line)).toEqual([10, 20, 20, 40]);
  expect(middle(line)).toEqual([15, 30]);
});
