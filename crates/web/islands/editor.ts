/** The editor of an edition. Until it runs, and where it can't, the Markdown form does the same work. */
import { el, islands } from "./dom";
import { draftOf, EditorPage } from "./editor/page";
import { reason, request } from "./request";

for (const root of islands("editor")) {
  const place = root.querySelector<HTMLElement>("[data-editor-here]");
  const plain = root.querySelector<HTMLElement>(".editor-plain");
  if (!place) continue;
  try {
    const draft = draftOf(await request(root.dataset.draft ?? ""));
    new EditorPage(root, place, draft);
    if (plain) plain.hidden = true;
  } catch (error) {
    const message = `The editor could not be started: ${reason(error)} The form below saves as well.`;
    place.replaceChildren(el("div", { class: "flash bad", role: "alert" }, el("p", {}, message)));
  }
}
