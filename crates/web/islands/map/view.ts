/** The drawn map: MapLibre with our own base map, symbols and names. */
import type { Feature, FeatureCollection, Geometry } from "geojson";
import {
  AttributionControl,
  GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import type { Base } from "./base";
import { dayNumber } from "./days";
import { name, RATIO, ring, symbol } from "./drawings";
import { bounds, middle, type Shown } from "./features";
import { lineOf } from "./filter";
import { onPaletteChange, palette } from "./palette";
import { slots } from "./spread";
import { PRESSED, styleOf } from "./style";

/** How a legend line is drawn. */
export interface Drawn {
  shape: string;
  colour: number;
}

interface Settings {
  container: HTMLElement;
  worker: string;
  base: Base;
  /** West, south, east, north at first. */
  bounds: [number, number, number, number];
  small: boolean;
  symbols: ReadonlyMap<string, Drawn>;
}

const PLAIN: Drawn = { shape: "circle", colour: 7 };

export class View {
  readonly map: MapLibre;
  readonly #settings: Settings;
  readonly #places = new Map<string, string>();
  #shown: readonly Shown[] = [];
  #chosen: string | null = null;
  #ready = false;

  constructor(settings: Settings) {
    this.#settings = settings;
    // The page's address is the base: MapLibre's own guess is the address of its module, which we have bundled.
    setWorkerUrl(new URL(settings.worker, location.href).href);
    this.map = new MapLibre({
      container: settings.container,
      style: styleOf(settings.base, palette()),
      bounds: settings.bounds,
      fitBoundsOptions: { padding: 12 },
      minZoom: 1.5,
      maxZoom: 13,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      cooperativeGestures: settings.small,
      attributionControl: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
    this.map.addControl(new AttributionControl({ compact: false }), "bottom-right");
    // Drawn before the first frame, and again in the other theme's colours.
    this.map.setMissingStyleImageResolver((id) => this.#draw(id));
    onPaletteChange(() => this.#repaint());
    this.map.on("load", () => {
      this.#ready = true;
      this.#push();
    });
  }

  /** Shows these features and no others. */
  show(shown: readonly Shown[], chosen: string | null): void {
    this.#shown = shown;
    this.#chosen = chosen;
    this.#push();
  }

  /** Calls back with the ids of what was pressed, topmost first; none where the ground was pressed. */
  onPress(then: (ids: string[]) => void): void {
    this.map.on("click", ({ point }) => {
      const { x, y } = point;
      const found = this.map.queryRenderedFeatures(
        [
          [x - 5, y - 5],
          [x + 5, y + 5],
        ],
        { layers: PRESSED },
      );
      then([...new Set(found.map(({ properties }) => String(properties.id)))]);
    });
    for (const layer of PRESSED) {
      this.map.on("mouseenter", layer, () => this.#settings.container.classList.add("over-mark"));
      this.map.on("mouseleave", layer, () => this.#settings.container.classList.remove("over-mark"));
    }
  }

  /** Brings a feature into the picture if it isn't, without coming nearer than needed. */
  lookAt(feature: Shown): void {
    const view = this.map.getBounds();
    const [west, south, east, north] = bounds(feature.geometry);
    if (view.contains([west, south]) && view.contains([east, north])) return;
    if (feature.geometry.type === "Point") {
      this.map.easeTo({ center: middle(feature.geometry), zoom: Math.max(this.map.getZoom(), 5) });
    } else {
      this.map.fitBounds([west, south, east, north], { padding: 60, maxZoom: 7 });
    }
  }

  #push(): void {
    if (!this.#ready) return;
    const source = this.map.getSource("shown");
    const places = this.map.getSource("places");
    if (source instanceof GeoJSONSource) void source.setData(this.#features());
    if (places instanceof GeoJSONSource) void places.setData(this.#placeNames());
  }

  #features(): FeatureCollection<Geometry> {
    const places = slots(this.#shown.map(({ geometry }) => (geometry.type === "Point" ? middle(geometry) : [0, 0])));
    const features = this.#shown.map((shown, index): Feature<Geometry> => {
      const { shape, colour } = this.#settings.symbols.get(lineOf(shown)) ?? PLAIN;
      const properties = {
        id: shown.id,
        icon: `symbol-${shape}-${colour}`,
        colour,
        slot: shown.geometry.type === "Point" ? (places[index] ?? 0) : 0,
        day: dayNumber(shown.date) ?? 0,
        chosen: shown.id === this.#chosen,
      };
      return { type: "Feature", geometry: shown.geometry, properties };
    });
    return { type: "FeatureCollection", features };
  }

  #placeNames(): FeatureCollection<Geometry> {
    const features = new Map<string, Feature<Geometry>>();
    for (const { place, geometry } of this.#shown) {
      if (geometry.type !== "Point" || place === "") continue;
      const image = `place-${place}`;
      this.#places.set(image, place);
      features.set(image, { type: "Feature", geometry, properties: { image } });
    }
    return { type: "FeatureCollection", features: [...features.values()] };
  }

  #image(id: string): ImageData | null {
    const colours = palette();
    const [kind, shape = "", colour = ""] = id.split("-");
    if (id === "ring") return ring(colours);
    if (kind === "symbol") return symbol(shape, colours.marks[Number(colour)] ?? colours.ink, colours);
    const place = this.#places.get(id);
    if (place !== undefined) return name(place, 11.5, 500, colours.ink, colours.home);
    const country = this.#settings.base.images.get(id);
    return country ? name(country.text, country.size, 600, colours.label, colours.land) : null;
  }

  #draw(id: string): void {
    const image = this.#image(id);
    if (image && !this.map.hasImage(id)) this.map.addImage(id, image, { pixelRatio: RATIO });
  }

  #repaint(): void {
    const style = styleOf(this.#settings.base, palette());
    for (const layer of style.layers) {
      for (const [property, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, property as "fill-color", value);
      }
    }
    for (const id of this.map.listImages()) {
      const image = this.#image(id);
      if (image) this.map.updateImage(id, image);
    }
  }
}
