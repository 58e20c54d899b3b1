/** Reading an edition: notes beside their sentence, the contents that follow, citing a sentence. */
import { islands } from "./dom";
import { CiteBar } from "./notes/cite-bar";
import { followContents } from "./notes/contents";
import { openNotes } from "./notes/open-notes";

for (const edition of islands("notes")) {
  openNotes(edition);
  followContents(edition);
  if (edition.dataset.sentences) new CiteBar(edition);
}
