/** What the server answers for the map, read without trust. */
import type { Feature, Geometry } from "geojson";

export interface SourceOf {
  title: string;
  outlet: string;
  lang: string;
  grade: string;
  url: string;
}

/** One event or position of the map. */
export interface Shown {
  id: string;
  kind: "event" | "position";
  layer: string;
  of: string;
  /** ISO day it began; empty where no day is known. */
  date: string;
  /** ISO day it ended, where it lasted. */
  until: string | null;
  when: string;
  place: string;
  precision: string;
  summary: string;
  lang: string;
  credibility: string;
  status: string;
  actors: string[];
  url: string;
  sources: SourceOf[];
  editions: { title: string; url: string }[];
  geometry: Geometry;
}

type Given = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): Given[] =>
  Array.isArray(value) ? value.filter((entry): entry is Given => typeof entry === "object" && entry !== null) : [];

/** Only addresses that a link may lead to. */
function address(value: unknown): string {
  const url = text(value);
  return /^(https?:\/\/|\/(?!\/)|#)/i.test(url) ? url : "";
}

function shown(feature: Feature): Shown | null {
  const given: Given = feature.properties ?? {};
  if (!feature.geometry || text(given.id) === "") return null;
  return {
    id: text(given.id),
    kind: given.kind === "position" ? "position" : "event",
    layer: text(given.layer),
    of: text(given.of),
    date: text(given.date),
    until: typeof given.until === "string" && given.until !== "" ? given.until : null,
    when: text(given.when) || text(given.date),
    place: text(given.place),
    precision: text(given.precision),
    summary: text(given.summary),
    lang: text(given.lang),
    credibility: text(given.credibility_text),
    status: text(given.status),
    actors: Array.isArray(given.actors) ? given.actors.map(text).filter((name) => name !== "") : [],
    url: address(given.url),
    sources: list(given.sources).map((source) => ({
      title: text(source.title),
      outlet: text(source.outlet),
      lang: text(source.lang),
      grade: text(source.grade),
      url: address(source.url),
    })),
    editions: list(given.editions).map((edition) => ({ title: text(edition.title), url: address(edition.url) })),
    geometry: feature.geometry,
  };
}

/** The features of an answer; what is no feature is left out. */
export function featuresOf(answer: unknown): Shown[] {
  if (typeof answer !== "object" || answer === null || !("features" in answer)) return [];
  return list(answer.features).flatMap((feature) => shown(feature as unknown as Feature) ?? []);
}

/** A point to look at: the point itself, or the middle of the bounds. */
export function middle(geometry: Geometry): [number, number] {
  const [west, south, east, north] = bounds(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

/** West, south, east, north. */
export function bounds(geometry: Geometry): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [x, y] = value;
    if (typeof x === "number" && typeof y === "number") {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else for (const part of value) walk(part);
  };
  const walkIn = (part: Geometry): void => {
    if (part.type === "GeometryCollection") part.geometries.forEach(walkIn);
    else walk(part.coordinates);
  };
  walkIn(geometry);
  return box;
}
