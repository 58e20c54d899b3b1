// Drives the built program in a real browser: `node run.mjs [WORD…]` runs the files whose names hold a word, or all.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { find, launch } from "./lib/browser.mjs";
import { BINARY, folder, start } from "./lib/program.mjs";
import { Skip, World } from "./lib/world.mjs";

const LONGEST = 180_000;
const words = process.argv.slice(2);
const tests = new URL("./tests/", import.meta.url);
const names = readdirSync(tests)
  .filter((name) => name.endsWith(".mjs"))
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();
const files = [];
for (const name of names) files.push([name.replace(/^\d+-|\.mjs$/g, ""), (await import(new URL(name, tests))).default]);

const counts = { passed: 0, failed: 0, skipped: 0 };

function report(outcome, name, since, lines = []) {
  counts[outcome] += 1;
  const seconds = ((performance.now() - since) / 1000).toFixed(1).padStart(6);
  console.log(`${outcome.padEnd(7)} ${seconds} s  ${name}`);
  for (const line of lines) console.log(line.replace(/^/gm, "          "));
}

function end() {
  console.log(`e2e: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exit(counts.failed > 0 ? 1 : 0);
}

async function within(running) {
  let late;
  const deadline = new Promise((_, failed) => {
    late = setTimeout(() => failed(new Error(`not done within ${LONGEST / 1000} s`)), LONGEST);
  });
  try {
    await Promise.race([running, deadline]);
  } finally {
    clearTimeout(late);
  }
}

async function run(world, name, test) {
  const since = performance.now();
  try {
    await within(test(world));
    const troubles = world.troubles.take();
    if (troubles.length > 0) throw new Error(troubles.join("\n"));
    report("passed", name, since);
  } catch (error) {
    world.troubles.take();
    if (error instanceof Skip) {
      report("skipped", name, since, [`skipped: ${error.message}`]);
    } else {
      await world.photograph(name);
      report("failed", name, since, [error.stack ?? String(error)]);
    }
  }
  await world.tidy();
}

const chromium = find();
if (!chromium) {
  counts.skipped = files.reduce((sum, [, file]) => sum + Object.keys(file).length, 0);
  console.log("skipped: no Chromium was found; name one with CHROMIUM");
  end();
}
if (!existsSync(BINARY)) {
  console.log(`${BINARY} is missing: build it with \`cargo build --bin sitrep\`, or name one with SITREP_BIN`);
  counts.failed = 1;
  end();
}
const place = folder();
const program = await start(
  "demo",
  ...["--data", join(place.path, "data")],
  ...["--listen", "127.0.0.1:0"],
  ...["--outlets", "0"],
  "--json",
);
const browser = await launch(chromium);
const world = new World(program, browser);
for (const [file, all] of files) {
  for (const [name, test] of Object.entries(all)) await run(world, `${file}: ${name}`, test);
}
await browser.close();
await program.stop();
if (/panicked at/.test(program.log())) {
  counts.failed += 1;
  console.log(`the program panicked:\n${program.log()}`);
} else if (counts.failed > 0 && program.log() !== "") {
  console.log(`what the program logged:\n${program.log()}`);
}
place.remove();
end();
