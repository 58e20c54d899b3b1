// A reader asks for the updates by e-mail, and confirms.
import assert from "node:assert/strict";
import { message, messages } from "../lib/mail.mjs";
import { DESK } from "../lib/world.mjs";

const ADDRESS = "reader@subscribers.example";

export default {
  async "a reader subscribes, and is asked by mail whether it was them"(world) {
    const { outbox } = world.program;
    const page = await world.page();
    await page.goto(`/${DESK}/subscribe`);
    await page.getByLabel("E-mail address").fill(ADDRESS);
    await page.locator("main").getByRole("button", { name: "Subscribe" }).click();
    await page.getByRole("heading", { name: "One more step" }).waitFor();
    const asked = await message(outbox, ADDRESS, ({ subject }) => subject.startsWith("Please confirm"));
    assert.ok(asked.text && asked.html, "the question has a plain and an HTML part");
    const link = asked.text.match(/http:\S+\/confirm\/\S+/)?.[0];
    assert.ok(link, asked.text);
    assert.ok(asked.html.includes(link), "both parts have the same link");
    world.keep("address", ADDRESS);
    world.keep("confirmation", link);
  },

  async "looking at the link confirms nothing, a press does"(world) {
    const page = await world.page();
    await page.goto(world.made("confirmation"));
    await page.getByRole("heading", { name: "Confirm your subscription" }).waitFor();
    await page.goto(world.made("confirmation"));
    await page.getByRole("button", { name: "Yes, send me the updates" }).click();
    await page.getByRole("heading", { name: "You are subscribed" }).waitFor();
    const chief = await world.made("chief").newPage();
    await chief.goto(`/newsroom/${DESK}/subscribers`);
    const line = chief.getByRole("row").filter({ hasText: ADDRESS });
    await line.getByText("confirmed").waitFor();
    await chief.close();
    assert.equal((await messages(world.program.outbox, ADDRESS)).length, 1);
  },
};
