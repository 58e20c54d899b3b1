// Serves the sample pages in their shells with the headers of the real server (no inline style or script runs).
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { answer } from "./api.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "..", "assets", "built");
const CSP =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".geojson": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300"><rect width="640" height="300" fill="#dbe6ea"/><path d="M0 250L200 180 420 120 640 60V300H0z" fill="#f6f3ea"/></svg>`;

const head = (title, { lang, theme, css, scripts }) => `<!doctype html>
<html lang="${lang}" dir="${["fa", "ar", "he"].includes(lang) ? "rtl" : "ltr"}"${theme ? ` data-theme="${theme}"` : ""}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
${css.map((name) => `<link rel="stylesheet" href="/assets/${name}">`).join("")}${scripts.map((name) => `<script type="module" src="/assets/${name}"></script>`).join("")}</head>`;

const EXERCISE = `<p class="exercise" role="note"><strong>Exercise.</strong> The happenings on this page are invented.</p>`;

const SHELLS = {
  site: (main) => `<body class="site"><a class="skip" href="#main">Skip to the text</a>${EXERCISE}
<header class="masthead"><div class="masthead-in"><a class="masthead-name" href="#">Example Update</a><span class="masthead-publisher">Example Institute</span>
<nav class="masthead-nav" aria-label="Desk"><a href="#" aria-current="page">Latest</a> <a href="#">Map</a> <a href="#">Assessments</a> <a href="#">Archive</a> <a href="#">Subscribe</a></nav>
<form class="masthead-search" role="search" action="#"><label class="visually-hidden" for="q">Search</label><input id="q" name="q" type="search" dir="auto"><button class="button quiet">Search</button></form></div></header>
<div class="as-of" role="status"><p>As known on <time datetime="2026-11-21T09:00:00Z">21 November 2026, 09:00 UTC</time>.</p> <a href="#">Show it as known now</a></div>
${main}
<footer class="footer"><div class="footer-in"><details class="as-of-form"><summary>As of…</summary><form><label for="as-of-day">Show this page as it was known at the end of</label> <input type="date" id="as-of-day" name="as_of" required> <button class="button small">Show</button></form></details><nav aria-label="About"><a href="#">Feed</a> <a href="#">Sources</a> <a href="#">API</a></nav><p>Map data: Natural Earth. Published with sitrep.</p></div></footer></body></html>`,
  newsroom: (main) =>
    `<body class="newsroom"><a class="skip" href="#main">Skip to the work</a>${EXERCISE}<div class="room"><nav class="rail" aria-label="Newsroom"><a class="rail-name" href="#">sitrep</a><p class="rail-head">Example Update</p><ul>${[
      "Inbox g i",
      "Events g e",
      "Positions g p",
      "Assessments g a",
      "Editions g d",
      "Map g m",
      "Sources g s",
      "Subscribers g u",
    ]
      .map((entry, index) => [entry.split(" ")[0], entry.split(" ").slice(1).join(" "), index])
      .map(
        ([name, key, index]) =>
          `<li><a href="#"${index === 0 ? ' aria-current="page"' : ""} data-key="${key}">${name} <kbd>${key}</kbd></a></li>`,
      )
      .join(
        "",
      )}<li><a href="#">Reading room</a></li></ul><div class="rail-foot"><p>N. Example</p><ul><li><a href="#">Account</a></li></ul><form method="post" action="#"><button class="button quiet small">Sign out</button></form></div></nav><main id="main" class="work">${main}</main></div></body></html>`,
  gate: (main) =>
    `<body class="newsroom"><a class="skip" href="#main">Skip to the form</a><main id="main" class="gate">${main}</main></body></html>`,
};

/** A sample page in its shell. Its first line says which: `<!-- shell=site title="…" scripts=a.js,b.js lang=en -->`. */
function page(name, query) {
  const text = readFileSync(join(here, `${name}.html`), "utf8");
  const line = text.slice(0, text.indexOf("\n"));
  const given = (key) => new RegExp(`${key}=(?:"([^"]*)"|(\\S+))`).exec(line)?.slice(1).find(Boolean) ?? "";
  const scripts = query.has("plain") ? [] : given("scripts").split(",").filter(Boolean);
  const css = [
    "site.css",
    given("shell") === "site" ? "" : "newsroom.css",
    scripts.includes("map.js") ? "map.css" : "",
  ].filter(Boolean);
  const lang = query.get("lang") ?? (given("lang") || "en");
  return head(given("title"), { lang, theme: query.get("theme"), css, scripts }) + SHELLS[given("shell")](text);
}

function file(path) {
  if (path === "/sample-picture.svg") return [PICTURE, ".svg"];
  const name =
    path === "/sample/map.geojson"
      ? join(here, "map.geojson")
      : path.startsWith("/assets/")
        ? join(built, path.slice(8))
        : "";
  return name !== "" && !path.includes("..") && existsSync(name) ? [readFileSync(name), extname(name)] : null;
}

/** A server on a free port (or the given one); answers its address. */
export function serve(port = 0) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const send = (status, type, body) => {
      response.writeHead(status, {
        "content-type": `${type}; charset=utf-8`,
        "content-security-policy": CSP,
        "x-content-type-options": "nosniff",
      });
      response.end(body);
    };
    let body = "";
    for await (const part of request) body += part;
    const found = file(url.pathname);
    if (found) return send(200, TYPES[found[1]] ?? "application/octet-stream", found[0]);
    const json = request.headers["content-type"]?.includes("json") ? JSON.parse(body) : null;
    const answered = answer(request.method, url.pathname, url.searchParams, json, request.headers);
    if (answered) return send(answered[0], "application/json", JSON.stringify(answered[1]));
    const name = url.pathname.slice(1);
    if (/^[a-z-]+$/.test(name) && existsSync(join(here, `${name}.html`)))
      return send(200, "text/html", page(name, url.searchParams));
    return send(404, "text/plain", "Not found.");
  });
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () =>
      resolve({ address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }),
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve(Number(process.argv[2] ?? 8099));
  console.log(
    `${address}/edition  /edition-fa  /front  /assessment  /map  /inbox  /editor  /review  /sign-in   (?theme=dark, ?lang=fa, ?plain)`,
  );
}
