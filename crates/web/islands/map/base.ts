/** The base map: Natural Earth's countries as TopoJSON, and where their names stand. */
import type { Feature, FeatureCollection, Geometry, Point } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, GeometryObject, Topology } from "topojson-specification";
import { request } from "../request";

interface Label {
  name: string;
  iso: string;
  at: [number, number];
  size: number;
}

export interface Base {
  world: Feature<Geometry> | FeatureCollection<Geometry>;
  region: Feature<Geometry> | FeatureCollection<Geometry>;
  worldBorders: Feature<Geometry> | FeatureCollection<Geometry>;
  regionBorders: Feature<Geometry> | FeatureCollection<Geometry>;
  names: FeatureCollection<Point>;
  /** Image of a name → the name and its size in pixels. */
  images: Map<string, { text: string; size: number }>;
}

type Parts = Topology<{ land: GeometryObject; borders: GeometryObject; countries: GeometryCollection }>;

/** The name of a country in the page's language, as the browser knows it; in English as the base map has it. */
export function countryName(label: { name: string; iso: string }, language: string): string {
  if (label.iso === "" || language === "" || language.startsWith("en")) return label.name;
  try {
    return new Intl.DisplayNames([language], { type: "region", style: "short" }).of(label.iso) ?? label.name;
  } catch {
    return label.name;
  }
}

export async function loadBase(folder: string, language: string): Promise<Base> {
  const [world, region, labels] = (await Promise.all(
    ["world", "region", "labels"].map((part) => request(`${folder}${part}.json`)),
  )) as [Parts, Parts, Label[]];
  const images: Base["images"] = new Map();
  const names = labels.map((label): Feature<Point> => {
    const image = `name-${label.iso || label.name}`;
    images.set(image, { text: countryName(label, language), size: label.size > 8 ? 14 : label.size > 3 ? 12.5 : 11 });
    return {
      type: "Feature",
      geometry: { type: "Point", coordinates: label.at },
      properties: { image, size: label.size },
    };
  });
  return {
    world: feature(world, world.objects.land),
    region: feature(region, region.objects.land),
    worldBorders: feature(world, world.objects.borders),
    regionBorders: feature(region, region.objects.borders),
    names: { type: "FeatureCollection", features: names },
    images,
  };
}
