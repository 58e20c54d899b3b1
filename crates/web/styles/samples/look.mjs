// Takes pictures of every sample page (wide and narrow, light and dark, left-to-right and right-to-left) and runs axe over
// each. `npm run sample -- FOLDER [page …]`. CHROMIUM names the browser.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

const [folder = "samples-out", ...only] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["edition", "edition-fa", "front", "assessment", "map", "inbox", "editor", "review", "sign-in"];
const LOOKS = [
  { name: "wide", width: 1400, theme: "light", lang: "" },
  { name: "dark", width: 1400, theme: "dark", lang: "" },
  { name: "narrow", width: 390, theme: "light", lang: "" },
  { name: "rtl", width: 1400, theme: "light", lang: "fa" },
];

mkdirSync(folder, { recursive: true });
const server = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
  ],
});
let faults = 0;
const fault = (where, words) => {
  faults += 1;
  console.log(`${where}: ${words}`);
};

for (const name of only.length > 0 ? only : PAGES) {
  for (const look of LOOKS) {
    const where = `${name} ${look.name}`;
    const context = await browser.newContext({ viewport: { width: look.width, height: 900 }, bypassCSP: false });
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && fault(where, message.text()));
    page.on("pageerror", (error) => fault(where, String(error)));
    await page.goto(`${server.address}/${name}?theme=${look.theme}${look.lang ? `&lang=${look.lang}` : ""}`);
    await page.waitForLoadState("networkidle");
    if (name === "map") await page.waitForTimeout(6000);
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: name !== "map" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) fault(where, `wider than the screen by ${overflow}px`);
    const inline = await page.evaluate(() => document.querySelectorAll("style").length);
    if (inline > 0) fault(where, `${inline} style elements`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of violations) {
      fault(
        where,
        `${impact} ${id}: ${nodes
          .slice(0, 3)
          .map(({ target, failureSummary }) => `${target} ${failureSummary?.split("\n")[1] ?? ""}`)
          .join(" | ")}`,
      );
    }
    await context.close();
  }
}
await browser.close();
server.close();
console.log(`${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
