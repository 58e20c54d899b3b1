// @mozilla/readability over a list of pages (lines {file, url} on standard input): a line {file, text, title, byline, site}
// each; pages and seconds on standard error. Run where the packages are installed.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

// Pages of the sets are often kept as UTF-8 whatever their head still declares: the peer is not to suffer from it.
function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

let pages = 0;
let milliseconds = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { file, url } = JSON.parse(line);
  const bytes = readFileSync(file);
  const begun = performance.now();
  let read = null;
  try {
    const dom = new JSDOM(decoded(bytes), { url: url ?? "https://example.org/", virtualConsole: new VirtualConsole() });
    read = new Readability(dom.window.document).parse();
    dom.window.close();
  } catch (error) {
    read = { error: String(error) };
  }
  milliseconds += performance.now() - begun;
  pages += 1;
  const html = read?.content ?? "";
  console.log(JSON.stringify({ file, html, title: read?.title ?? null, byline: read?.byline ? [read.byline] : [], site: read?.siteName ?? null }));
}
console.error(JSON.stringify({ pages, seconds: milliseconds / 1000 }));
