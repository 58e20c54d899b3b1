/** The colours of the sheets, as they are just now (light or dark), for what is drawn on a canvas. */

export interface Palette {
  /** `--map-1` … `--map-8`, from index 1 on. */
  marks: string[];
  water: string;
  land: string;
  home: string;
  border: string;
  coast: string;
  label: string;
  ink: string;
  paper: string;
  accent: string;
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string): string => style.getPropertyValue(name).trim();
  return {
    marks: ["", ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => value(`--map-${number}`))],
    water: value("--map-water"),
    land: value("--map-land"),
    home: value("--map-home"),
    border: value("--map-border"),
    coast: value("--map-coast"),
    label: value("--map-label"),
    ink: value("--ink"),
    paper: value("--paper-raised"),
    accent: value("--accent"),
  };
}

/** Calls back when light turns into dark or back. */
export function onPaletteChange(then: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", then);
  new MutationObserver(then).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}
