import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../request";
import type { Edition } from "./edition";
import { type Draft, Saver } from "./saver";

const edition = (title: string): Edition => ({ title }) as unknown as Edition;
let text = "";
const put = vi.fn<(edition: Edition, version: number) => Promise<Draft>>();
const saved = vi.fn();
const changed = vi.fn();
const saver = (): Saver<string> =>
  new Saver(3, { put, take: () => ({ edition: edition(text), sent: text }), saved, changed, delay: 1000 });

beforeEach(() => {
  vi.useFakeTimers();
  text = "one";
  put.mockImplementation(async (given, version) => ({ version: version + 1, edition: given }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

test("a while after the last key it is saved once, on the version it was written on", async () => {
  const it = saver();
  it.touched();
  await vi.advanceTimersByTimeAsync(600);
  it.touched();
  await vi.advanceTimersByTimeAsync(600);
  expect(put).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(500);
  expect(put).toHaveBeenCalledExactlyOnceWith(edition("one"), 3);
  expect(it.version).toBe(4);
  expect(it.state).toBe("saved");
  expect(it.hasUnsaved).toBe(false);
});

test("what is written while a save is under way is saved after it, on the new version", async () => {
  const it = saver();
  let answer: (draft: Draft) => void = () => undefined;
  put.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  it.touched();
  await vi.advanceTimersByTimeAsync(1000);
  text = "two";
  it.touched();
  expect(it.hasUnsaved).toBe(true);
  answer({ version: 4, edition: edition("one") });
  await vi.advanceTimersByTimeAsync(1000);
  expect(put).toHaveBeenLastCalledWith(edition("two"), 4);
});

test("somebody else's version stops the saving until a person decides", async () => {
  const it = saver();
  put.mockRejectedValueOnce(new Refused("changed", 412, { version: 9 }));
  it.touched();
  await vi.advanceTimersByTimeAsync(1000);
  expect(it.state).toBe("stale");
  it.touched();
  await vi.advanceTimersByTimeAsync(60_000);
  await it.save();
  expect(put).toHaveBeenCalledTimes(1);
  expect(it.hasUnsaved).toBe(true);
  await it.overwrite();
  expect(put).toHaveBeenLastCalledWith(edition("one"), 9);
  expect(it.state).toBe("saved");
});

test("a refusal without a number asks for it before anything is put over the other text", async () => {
  const it = saver();
  put.mockRejectedValueOnce(new Refused("changed", 409, null));
  it.touched();
  await vi.advanceTimersByTimeAsync(1000);
  await it.overwrite();
  expect(put).toHaveBeenCalledTimes(1);
  it.learn(7);
  await it.overwrite();
  expect(put).toHaveBeenLastCalledWith(edition("one"), 7);
});

test("a network that fails is tried again; a refusal is not", async () => {
  const it = saver();
  put.mockRejectedValueOnce(new Refused("no answer", 0, null));
  it.touched();
  await vi.advanceTimersByTimeAsync(1000);
  expect(it.state).toBe("failed");
  await vi.advanceTimersByTimeAsync(5000);
  expect(it.state).toBe("saved");
  put.mockRejectedValueOnce(new Refused("not yours", 403, null));
  it.touched();
  await vi.advanceTimersByTimeAsync(1000);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(put).toHaveBeenCalledTimes(3);
  expect(it.hasUnsaved).toBe(true);
});
