/** Symbols and names, drawn by the browser on a canvas. So names are shaped and ordered as on the page, in any script. */
import type { Palette } from "./palette";

/** Shapes on a field of 16 × 16: the same ones as in symbols.svg. */
const SHAPES: Record<string, string> = {
  circle: "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z",
  square: "M3 3h10v10H3z",
  triangle: "M8 2l6.5 11.5h-13z",
  diamond: "M8 1.5L14.5 8 8 14.5 1.5 8z",
  cross: "M6 2h4v4h4v4h-4v4H6v-4H2V6h4z",
  star: "M8 1l2 4.9 5.2.4-4 3.4 1.3 5.1L8 12l-4.5 2.8 1.3-5.1-4-3.4L6 5.9z",
};

/** Pixels of a canvas for one CSS pixel. */
export const RATIO = 2;
const FIELD = 20;

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = Math.max(1, Math.ceil(width * RATIO));
  element.height = Math.max(1, Math.ceil(height * RATIO));
  const context = element.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser can't draw on a canvas.");
  context.scale(RATIO, RATIO);
  return context;
}

const pixels = (context: CanvasRenderingContext2D): ImageData =>
  context.getImageData(0, 0, context.canvas.width, context.canvas.height);

/** A symbol of the legend. */
export function symbol(shape: string, colour: string, colours: Palette): ImageData {
  const context = canvas(FIELD, FIELD);
  const path = new Path2D(SHAPES[shape] ?? SHAPES.circle);
  context.translate(2, 2);
  context.lineJoin = "round";
  context.strokeStyle = colours.paper;
  context.lineWidth = 3;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  context.stroke(path);
  return pixels(context);
}

/** The ring round the chosen symbol. */
export function ring(colours: Palette): ImageData {
  const context = canvas(34, 34);
  for (const [width, colour] of [
    [6, colours.paper],
    [3, colours.accent],
  ] as const) {
    context.beginPath();
    context.arc(17, 17, 13, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  return pixels(context);
}

/** A name with a rim of the ground's colour. Long names are broken into two lines. */
export function name(text: string, size: number, weight: number, colour: string, rim: string): ImageData {
  const family = getComputedStyle(document.documentElement).fontFamily;
  const font = `${weight} ${size}px ${family}`;
  const lines = broken(text);
  const measure = canvas(1, 1);
  measure.font = font;
  const width = Math.max(...lines.map((line) => measure.measureText(line).width));
  const height = size * 1.3;
  const context = canvas(width + 6, height * lines.length + 6);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = rim;
  context.fillStyle = colour;
  lines.forEach((line, index) => {
    const [x, y] = [(width + 6) / 2, 3 + height * (index + 0.5)];
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  });
  return pixels(context);
}

/** One line, or two of nearly the same length where it is long. */
export function broken(text: string): string[] {
  if (text.length < 15 || !text.includes(" ")) return [text];
  const words = text.split(" ");
  const cuts = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(" "), words.slice(index + 1).join(" ")]);
  const longest = (lines: string[]): number => Math.max(...lines.map((line) => line.length));
  return cuts.reduce((best, cut) => (longest(cut) < longest(best) ? cut : best), cuts[0] ?? [text]);
}
