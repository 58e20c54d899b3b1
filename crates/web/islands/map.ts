/** Maps of a page: each one is drawn from the same features as the table beside it. */
import { islands } from "./dom";
import { MapPage } from "./map/page";

for (const form of islands("map")) void new MapPage(form).start();
