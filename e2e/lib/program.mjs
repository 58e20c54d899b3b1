// The program under test, as a process of its own in a directory of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The binary that `tests/run` builds, or the one that is named. */
export const BINARY =
  process.env.SITREP_BIN ??
  join(execFileSync(join(ROOT, "tests", "target-dir"), { encoding: "utf8" }).trim(), "debug", "sitrep");

const READY = 120_000;
const TO_END = 5_000;

/** A directory that is gone after the run. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "sitrep-e2e-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the program and waits for the line of JSON that says where it stands. */
export function start(...args) {
  const child = spawn(BINARY, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    log += text;
  });
  const ended = new Promise((done) => child.once("exit", (code, signal) => done(signal ?? code)));
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), TO_END);
    await ended;
    clearTimeout(late);
  };
  return new Promise((ready, failed) => {
    const give = (why) => {
      child.kill("SIGKILL");
      failed(new Error(`${why}\n${log}`));
    };
    const late = setTimeout(() => give(`the program was not ready within ${READY / 1000} s`), READY);
    child.once("error", (error) => give(`${BINARY}: ${error.message}`));
    const early = (code) => give(`the program ended with ${code} before it was ready`);
    child.once("exit", early);
    createInterface({ input: child.stdout }).once("line", (line) => {
      clearTimeout(late);
      child.removeListener("exit", early);
      ready({ ...JSON.parse(line), stop, log: () => log });
    });
  });
}
