/** Symbols at one and the same spot are laid out round it, so that each can be seen and pressed. */

/** Most symbols that are laid out round one spot; further ones lie on the last. */
export const SLOTS = 37;
const STEP = 9;

/** Where a slot lies, in pixels from the spot: a sunflower's spiral. */
export function slotOffset(slot: number): [number, number] {
  if (slot === 0) return [0, 0];
  const radius = STEP * Math.sqrt(slot + 0.6);
  const angle = slot * 2.399963;
  return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))];
}

/** The slot of each point, in order. Points within about a hundred metres share a spot. */
export function slots(points: readonly (readonly [number, number])[]): number[] {
  const taken = new Map<string, number>();
  return points.map(([x, y]) => {
    const spot = `${x.toFixed(3)} ${y.toFixed(3)}`;
    const slot = taken.get(spot) ?? 0;
    taken.set(spot, slot + 1);
    return Math.min(slot, SLOTS - 1);
  });
}
