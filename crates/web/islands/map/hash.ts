/** The map's state in the address: `#map=zoom/lat/lng&from=&to=&hide=&feature=`. */

export interface State {
  view: { zoom: number; latitude: number; longitude: number } | null;
  from: string | null;
  to: string | null;
  hide: string[];
  feature: string | null;
}

/** Reads what stands behind `#`; what can't be read is as if it were not there. */
export function readState(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const [zoom, latitude, longitude] = (given.get("map") ?? "")
    .split("/")
    .map((part) => (part === "" ? Number.NaN : Number(part)));
  const day = (name: string): string | null => {
    const value = given.get(name) ?? "";
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
  };
  const isView = [zoom, latitude, longitude].every((part) => Number.isFinite(part)) && Math.abs(latitude ?? 99) <= 90;
  return {
    view: isView ? { zoom: zoom ?? 0, latitude: latitude ?? 0, longitude: longitude ?? 0 } : null,
    from: day("from"),
    to: day("to"),
    hide: (given.get("hide") ?? "").split(",").filter((line) => line !== ""),
    feature: given.get("feature") || null,
  };
}

/** Writes it, shortest form: what is as at first is left out. */
export function writeState(state: State): string {
  const parts: string[] = [];
  const add = (name: string, value: string | null): void => {
    if (value)
      parts.push(
        `${name}=${encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%2C", ",")}`,
      );
  };
  if (state.view) {
    const { zoom, latitude, longitude } = state.view;
    add("map", `${Number(zoom.toFixed(2))}/${Number(latitude.toFixed(4))}/${Number(longitude.toFixed(4))}`);
  }
  add("from", state.from);
  add("to", state.to);
  add("hide", state.hide.join(","));
  add("feature", state.feature);
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
}
