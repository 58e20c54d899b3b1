/** The list of contents says where the reader is. */

/** The last heading above the reading line, given each target's distance from the top; the first one before that. */
export function reached(tops: readonly number[], line: number): number {
  const below = tops.findIndex((top) => top > line);
  if (below === -1) return tops.length - 1;
  return Math.max(0, below - 1);
}

/** Marks the entry of `.contents` whose part is being read. */
export function followContents(edition: HTMLElement): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a[href^="#"]')];
  const pairs = links.flatMap((link) => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return target && edition.contains(target) ? [{ link, target }] : [];
  });
  if (pairs.length === 0) return;
  let waiting = false;
  const mark = (): void => {
    waiting = false;
    const here = reached(
      pairs.map(({ target }) => target.getBoundingClientRect().top),
      innerHeight / 3,
    );
    pairs.forEach(({ link }, index) => {
      if (index === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  mark();
}
