/** A button beside each text that is there to be copied. Without it the text can still be selected. */
import { copyButtons } from "./copy/buttons";

copyButtons(document);
