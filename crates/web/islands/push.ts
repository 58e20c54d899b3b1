/** Telling this browser of a desk's alerts: one button, and words about how it stands. */
import { islands } from "./dom";
import { PushSetting } from "./push/setting";

for (const root of islands("push")) void new PushSetting(root).begin();
