/** The list of the page's keys: shown at first where there is room, then as the reader likes it. */

/** Ties the button to the list. Without scripts there are no keys, so the page comes with both hidden. */
export function keyList(root: ParentNode, roomy: boolean): void {
  const toggle = root.querySelector<HTMLButtonElement>("[data-keys-toggle]");
  const list = root.querySelector<HTMLElement>("[data-keys]");
  const label = toggle?.querySelector("span");
  if (!toggle || !list || !label) return;
  const show = (shown: boolean): void => {
    list.hidden = !shown;
    toggle.setAttribute("aria-expanded", String(shown));
    label.textContent = shown ? "Hide keys" : "Show keys";
  };
  toggle.addEventListener("click", () => {
    show(Boolean(list.hidden));
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
  });
  show(roomy);
  toggle.hidden = false;
}
