// Makes the base map from Natural Earth (public domain, as packed by `world-atlas`): the region at 1:10 million,
// the rest of the world at 1:50 million; and the compact outlines that Rust draws still pictures from.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import countries from "i18n-iso-countries";
import { feature, mergeArcs, meshArcs, quantize } from "topojson-client";
import { filter, presimplify, simplify } from "topojson-simplify";

const require = createRequire(import.meta.url);

/** Countries drawn in detail, by ISO 3166-1 alpha-2. */
const REGION = new Set(
  "IR IQ SY LB IL PS JO EG SA KW BH QA AE OM YE TR CY AM AZ GE TM AF PK UZ TJ SD ER DJ".split(" "),
);
/** Disputed lands that Natural Earth gives no number. */
const UNNUMBERED = new Set(["N. Cyprus"]);
/** West, south, east, north of the outlines for still pictures. */
const PICTURE = [20, 8, 80, 48];

const load = (scale) => JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));
const iso = (geometry) => (geometry.id ? (countries.numericToAlpha2(geometry.id) ?? "") : "");
const isNear = (geometry) => REGION.has(iso(geometry)) || UNNUMBERED.has(geometry.properties.name);

/** Keeps the chosen countries and the borders between them and their neighbours, simplified and quantised. */
function topology(scale, keep, weight, steps) {
  const whole = simplify(presimplify(load(scale)), weight);
  const all = whole.objects.countries;
  const borders = meshArcs(whole, all, (a, b) => a !== b && keep(a) && keep(b));
  const geometries = all.geometries
    .filter(keep)
    .filter((geometry) => geometry.type)
    .map((geometry) => ({ ...geometry, properties: { iso: iso(geometry), name: geometry.properties.name } }));
  const land = mergeArcs(whole, geometries);
  whole.objects = { countries: { type: "GeometryCollection", geometries }, borders, land };
  return quantize(filter(whole), steps);
}

/** Twice the signed area of a ring. */
const area = (ring) =>
  ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);

const rings = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

/** A point well inside a polygon: the middle of the widest stretch among a few parallels. */
function labelPoint([outer]) {
  const ys = outer.map(([, y]) => y);
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  let best = { width: 0, x: outer[0][0], y: outer[0][1] };
  for (let step = 3; step <= 7; step++) {
    const y = south + ((north - south) * step) / 10;
    const crossings = outer
      .flatMap(([x1, y1], index) => {
        const [x2, y2] = outer[(index + 1) % outer.length];
        return y1 <= y === y2 <= y ? [] : [x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1] - crossings[i];
      if (width > best.width) best = { width, x: (crossings[i] + crossings[i + 1]) / 2, y };
    }
  }
  return [Number(best.x.toFixed(2)), Number(best.y.toFixed(2))];
}

function labels(topo) {
  return feature(topo, topo.objects.countries).features.map(({ properties, geometry }) => {
    const largest = rings(geometry).reduce((a, b) => (Math.abs(area(b[0])) > Math.abs(area(a[0])) ? b : a));
    return {
      name: properties.name,
      iso: properties.iso,
      at: labelPoint(largest),
      size: Number(Math.sqrt(Math.abs(area(largest[0]))).toFixed(1)),
    };
  });
}

/** Cuts a ring to a rectangle (Sutherland and Hodgman). */
function clip(ring, [west, south, east, north]) {
  const edges = [
    [(p) => p[0] >= west, 0, west],
    [(p) => p[0] <= east, 0, east],
    [(p) => p[1] >= south, 1, south],
    [(p) => p[1] <= north, 1, north],
  ];
  return edges.reduce((points, [inside, axis, limit]) => {
    const cut = (a, b) => {
      const t = (limit - a[axis]) / (b[axis] - a[axis]);
      return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
    };
    return points.flatMap((point, index) => {
      const before = points[(index + points.length - 1) % points.length];
      if (inside(point)) return inside(before) ? [point] : [cut(before, point), point];
      return inside(before) ? [cut(before, point)] : [];
    });
  }, ring);
}

/** Files of the interactive map: name → contents. */
export function basemap() {
  const region = topology("10m", isNear, 2e-5, 3e5);
  const world = topology(
    "50m",
    (geometry) => !isNear(geometry) && geometry.properties.name !== "Antarctica",
    3e-3,
    3e4,
  );
  const names = [...labels(region), ...labels(world)].filter((label) => label.size > 0.6);
  return {
    "basemap/region.json": JSON.stringify(region),
    "basemap/world.json": JSON.stringify(world),
    "basemap/labels.json": JSON.stringify(names),
  };
}

/** The outlines for still pictures, a country a line: rings of hundredths of a degree, east and north by turns. */
export function outlines() {
  const near = topology("10m", isNear, 1.5e-3, 1e5);
  const far = topology("50m", (geometry) => !isNear(geometry), 1e-2, 1e5);
  const lines = [near, far].flatMap((topo) =>
    feature(topo, topo.objects.countries).features.flatMap(({ properties, geometry }) => {
      const cut = rings(geometry)
        .flat()
        .map((ring) => clip(ring, PICTURE).map(([x, y]) => [Math.round(x * 100), Math.round(y * 100)]))
        .map((ring) => ring.filter(([x, y], i) => i === 0 || x !== ring[i - 1][0] || y !== ring[i - 1][1]))
        .filter((ring) => ring.length > 3 && Math.abs(area(ring)) > 60);
      return cut.length
        ? [JSON.stringify({ iso: properties.iso, name: properties.name, rings: cut.map((ring) => ring.flat()) })]
        : [];
    }),
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}
