// Builds what the browser loads into assets/built/: sheets, fonts, islands, base map, and a manifest of content hashes.
// `node build.mjs outlines` writes crates/geo/data/outlines.json anew instead.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { basemap, outlines } from "./basemap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "assets", "built");
const require = createRequire(import.meta.url);

/** Fonts that are served: package, its sheet, and the subsets that a desk's languages need. */
const FONTS = [
  ["@fontsource-variable/source-serif-4", "opsz.css", ["latin", "latin-ext", "cyrillic"]],
  ["@fontsource-variable/source-serif-4", "opsz-italic.css", ["latin", "latin-ext"]],
  ["@fontsource-variable/source-sans-3", "wght.css", ["latin", "latin-ext", "cyrillic"]],
  ["@fontsource-variable/vazirmatn", "wght.css", ["arabic"]],
  ["@fontsource-variable/noto-naskh-arabic", "wght.css", ["arabic"]],
  ["@fontsource-variable/frank-ruhl-libre", "wght.css", ["hebrew"]],
];

/** Copies the woff2 files and returns the @font-face rules that name them. */
function fonts() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  return FONTS.flatMap(([name, sheet, subsets]) => {
    const folder = dirname(require.resolve(`${name}/package.json`));
    const rules = readFileSync(join(folder, sheet), "utf8").match(/@font-face\s*\{[^}]*\}/g) ?? [];
    return rules.flatMap((rule) => {
      const file = /url\(\.\/files\/([^)]+\.woff2)\)/.exec(rule)?.[1];
      if (!file || !subsets.some((subset) => new RegExp(`-${subset}-(wght|opsz)-`).test(file))) return [];
      copyFileSync(join(folder, "files", file), join(out, "fonts", file));
      return [rule.replace(/url\([^)]*\)/, `url(/assets/fonts/${file})`)];
    });
  }).join("\n");
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

async function build() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "basemap"), { recursive: true });
  const common = {
    bundle: true,
    minify: true,
    logLevel: "warning",
    legalComments: "none",
    outdir: out,
    absWorkingDir: here,
  };
  const face = fonts();
  await Promise.all([
    esbuild.build({
      ...common,
      entryPoints: { site: "styles/site.css", newsroom: "styles/newsroom.css", map: "styles/maps.css" },
      target: ["chrome120", "firefox121", "safari17"],
    }),
    esbuild.build({
      ...common,
      entryPoints: ["map", "editor", "inbox", "notes", "copy", "passkey", "push", "push-worker"].map(
        (name) => `islands/${name}.ts`,
      ),
      format: "esm",
      target: "es2022",
      // Positions of MapLibre's own shared chunk don't matter to us: one file per island, the worker apart.
      splitting: false,
    }),
    esbuild.build({
      ...common,
      entryPoints: { "maplibre-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs" },
      format: "esm",
      target: "es2022",
    }),
  ]);
  writeFileSync(join(out, "site.css"), `${face}\n${readFileSync(join(out, "site.css"), "utf8")}`);
  copyFileSync(join(here, "styles", "symbols.svg"), join(out, "symbols.svg"));
  copyFileSync(join(here, "styles", "icon.svg"), join(out, "icon.svg"));
  for (const [name, text] of Object.entries(basemap())) writeFileSync(join(out, name), text);

  const manifest = {};
  for (const path of files(out).sort()) {
    const bytes = readFileSync(path);
    const name = relative(out, path).replaceAll("\\", "/");
    manifest[name] = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const zipped = /woff2$/.test(name) ? bytes.length : gzipSync(bytes).length;
    if (process.argv.includes("--sizes")) console.log(`${name.padEnd(56)} ${bytes.length} ${zipped}`);
  }
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (process.argv[2] === "outlines") {
  const folder = join(here, "..", "geo", "data");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "outlines.json"), outlines());
} else {
  await build();
}
