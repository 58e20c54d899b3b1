/** MapLibre's style: base map, names, areas, lines, symbols. It asks for no tiles, no glyphs, no foreign address. */
import type { DataDrivenPropertyValueSpecification, ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import type { Base } from "./base";
import type { Palette } from "./palette";
import { SLOTS, slotOffset } from "./spread";

const nothing = { type: "FeatureCollection" as const, features: [] };

/** Layers that answer to a press. */
export const PRESSED = ["marks", "lines", "areas"];

const offset = [
  "match",
  ["get", "slot"],
  ...Array.from({ length: SLOTS - 1 }, (_, slot) => [slot + 1, ["literal", slotOffset(slot + 1)]]).flat(),
  ["literal", [0, 0]],
] as unknown as DataDrivenPropertyValueSpecification<[number, number]>;

const grows: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 3, 0.6, 6, 0.9, 9, 1.1];

function markColour({ marks }: Palette): ExpressionSpecification {
  const cases = [2, 3, 4, 5, 6, 7, 8].flatMap((number) => [number, marks[number] ?? ""]);
  return ["match", ["get", "colour"], ...cases, marks[1] ?? ""] as unknown as ExpressionSpecification;
}

export function styleOf(base: Base, colours: Palette): StyleSpecification {
  const colour = markColour(colours);
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: base.world, maxzoom: 5, tolerance: 0.3 },
      region: { type: "geojson", data: base.region, maxzoom: 8, tolerance: 0.2, attribution: "Natural Earth" },
      "world-borders": { type: "geojson", data: base.worldBorders, maxzoom: 5, tolerance: 0.3 },
      "region-borders": { type: "geojson", data: base.regionBorders, maxzoom: 8, tolerance: 0.2 },
      countries: { type: "geojson", data: base.names },
      shown: { type: "geojson", data: nothing },
      places: { type: "geojson", data: nothing },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours.water } },
      { id: "world-land", type: "fill", source: "world", paint: { "fill-color": colours.land } },
      { id: "region-land", type: "fill", source: "region", paint: { "fill-color": colours.home } },
      { id: "world-coast", type: "line", source: "world", paint: { "line-color": colours.coast, "line-width": 0.6 } },
      { id: "region-coast", type: "line", source: "region", paint: { "line-color": colours.coast, "line-width": 0.8 } },
      {
        id: "world-border",
        type: "line",
        source: "world-borders",
        paint: { "line-color": colours.border, "line-width": 0.8 },
      },
      {
        id: "region-border",
        type: "line",
        source: "region-borders",
        paint: { "line-color": colours.border, "line-width": 1.1 },
      },
      {
        id: "areas",
        type: "fill",
        source: "shown",
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: { "fill-color": colour, "fill-opacity": ["case", ["get", "chosen"], 0.4, 0.2] },
      },
      {
        id: "lines",
        type: "line",
        source: "shown",
        filter: ["!=", ["geometry-type"], "Point"],
        layout: { "line-join": "round", "line-cap": "round" },
        paint: { "line-color": colour, "line-width": ["case", ["get", "chosen"], 5, 2.5] },
      },
      {
        id: "names",
        type: "symbol",
        source: "countries",
        layout: { "icon-image": ["get", "image"], "icon-padding": 6, "symbol-sort-key": ["-", 0, ["get", "size"]] },
        minzoom: 2,
        filter: [">=", ["get", "size"], ["interpolate", ["linear"], ["zoom"], 2, 18, 3, 8, 4, 2.2, 5, 0.8, 6, 0]],
      },
      {
        id: "place-names",
        type: "symbol",
        source: "places",
        minzoom: 4,
        layout: { "icon-image": ["get", "image"], "icon-anchor": "top", "icon-offset": [0, 9], "icon-padding": 2 },
      },
      {
        id: "chosen",
        type: "symbol",
        source: "shown",
        filter: ["all", ["==", ["geometry-type"], "Point"], ["get", "chosen"]],
        layout: {
          "icon-image": "ring",
          "icon-offset": offset,
          "icon-size": grows,
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
        },
      },
      {
        id: "marks",
        type: "symbol",
        source: "shown",
        filter: ["==", ["geometry-type"], "Point"],
        layout: {
          "icon-image": ["get", "icon"],
          "icon-offset": offset,
          "icon-size": grows,
          "icon-allow-overlap": true,
          "icon-ignore-placement": true,
          "symbol-sort-key": ["get", "day"],
        },
      },
    ],
  };
}
