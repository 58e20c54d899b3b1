/** The span of time: two date fields, two range inputs, and a button that lets the days go by. */
import { button, el } from "../dom";
import { dayInWords, dayNumber, isoDay } from "./days";

export interface Span {
  from: number;
  to: number;
}

/** Both ends within the whole span and in order; what `moved` wins over the other end. */
export function fitted(span: Span, whole: Span, moved: "from" | "to"): Span {
  const clamp = (day: number): number => Math.min(whole.to, Math.max(whole.from, day));
  const { from, to } = { from: clamp(span.from), to: clamp(span.to) };
  if (from <= to) return { from, to };
  return moved === "from" ? { from, to: from } : { from: to, to };
}

/** The next picture of the film: the last day goes on; at the end it begins anew. */
export function nextFrame(span: Span, whole: Span): Span | null {
  const step = Math.max(1, Math.round((whole.to - whole.from) / 90));
  return span.to >= whole.to ? null : { from: span.from, to: Math.min(whole.to, span.to + step) };
}

export class Slider {
  readonly #whole: Span;
  readonly #language: string;
  readonly #changed: (span: Span) => void;
  readonly #inputs: Record<"from" | "to", { date: HTMLInputElement | null; range: HTMLInputElement }>;
  readonly #play: HTMLButtonElement;
  #span: Span;
  #timer = 0;

  constructor(form: HTMLElement, whole: Span, span: Span, changed: (span: Span) => void) {
    this.#whole = whole;
    this.#span = fitted(span, whole, "to");
    this.#changed = changed;
    this.#language = document.documentElement.lang;
    const range = (label: string): HTMLInputElement =>
      el("input", { type: "range", min: whole.from, max: whole.to, step: 1, "aria-label": label });
    const date = (name: string): HTMLInputElement | null =>
      form.querySelector<HTMLInputElement>(`input[type="date"][name="${name}"]`);
    this.#inputs = {
      from: { date: date("from"), range: range("First day shown") },
      to: { date: date("to"), range: range("Last day shown") },
    };
    this.#play = button("Play", () => this.#toggle(), { class: "button small map-play" });
    form.querySelector("[data-slider]")?.replaceChildren(this.#play, this.#inputs.from.range, this.#inputs.to.range);
    for (const end of ["from", "to"] as const) {
      const { date: field, range: slide } = this.#inputs[end];
      slide.addEventListener("input", () => this.#take(end, Number(slide.value)));
      field?.addEventListener("change", () => {
        const day = dayNumber(field.value);
        if (day !== null) this.#take(end, day);
      });
      if (field) {
        field.min = isoDay(whole.from);
        field.max = isoDay(whole.to);
      }
    }
    this.#write();
  }

  get span(): Span {
    return this.#span;
  }

  /** Sets the span from outside, e.g. from the address. */
  set(span: Span): void {
    this.#span = fitted(span, this.#whole, "to");
    this.#write();
  }

  #take(end: "from" | "to", day: number): void {
    this.#stop();
    this.#span = fitted({ ...this.#span, [end]: day }, this.#whole, end);
    this.#write();
    this.#changed(this.#span);
  }

  #write(): void {
    for (const end of ["from", "to"] as const) {
      const { date, range } = this.#inputs[end];
      range.value = String(this.#span[end]);
      range.setAttribute("aria-valuetext", dayInWords(this.#span[end], this.#language));
      if (date) date.value = isoDay(this.#span[end]);
    }
  }

  #toggle(): void {
    if (this.#timer !== 0) {
      this.#stop();
      return;
    }
    if (this.#span.to >= this.#whole.to) this.#span = { from: this.#span.from, to: this.#span.from };
    this.#play.textContent = "Pause";
    this.#timer = window.setInterval(() => {
      const next = nextFrame(this.#span, this.#whole);
      if (!next) {
        this.#stop();
        return;
      }
      this.#span = next;
      this.#write();
      this.#changed(next);
    }, 350);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = 0;
    this.#play.textContent = "Play";
  }
}
