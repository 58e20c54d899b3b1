// Two persons bring the edition out: as a page, as PDF, in the feed and by mail.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { message, messages } from "../lib/mail.mjs";
import { until } from "../lib/wait.mjs";
import { DESK, Skip } from "../lib/world.mjs";

const review = (world) => `${world.made("draft")}/review`;
const badge = (page) => page.locator(".work-head .badge");

/** A text as one line, ligatures and hyphens at line ends undone. */
const plain = (text) => text.normalize("NFKC").replace(/-\n/g, "").replace(/\s+/g, " ");

async function pdfText(bytes) {
  const running = promisify(execFile)("pdftotext", ["-", "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
  running.child.stdin.end(bytes);
  try {
    return (await running).stdout;
  } catch (error) {
    if (error.code === "ENOENT") throw new Skip("pdftotext is not installed");
    throw error;
  }
}

export default {
  async "the author hands the edition in; what came after the cut-off is marked"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(review(world));
    await page.getByRole("region", { name: "After the cut-off" }).getByText(world.made("report")).waitFor();
    const why = page.getByLabel("The checks found errors. Why is it handed in all the same?");
    assert.equal(await why.count(), 0, "the checks find no error");
    await page.getByRole("button", { name: "Hand in for review" }).click();
    await page.getByText("Handed in for review.").waitFor();
    await page.close();
  },

  async "who handed it in is not offered to approve it, and is refused"(world) {
    const page = await world.made("chief").newPage();
    await page.goto(review(world));
    await page.getByText("another editor must approve it").waitFor();
    assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);
    world.troubles.allow(/status of 403/);
    const status = await page.evaluate(
      async (path) => {
        const version = document.querySelector("[name=version]").value;
        const answer = await fetch(path, { method: "POST", body: new URLSearchParams({ version }) });
        return answer.status;
      },
      `${world.made("draft")}/approve`,
    );
    assert.equal(status, 403);
    await page.reload();
    assert.equal(await badge(page).innerText(), "in review");
    await page.close();
  },

  async "nobody outside sees it before it is published"(world) {
    const page = await world.page();
    world.troubles.allow(/status of 404/);
    const answer = await page.goto(`/${DESK}/editions/${world.made("slug")}`);
    assert.equal(answer.status(), 404);
  },

  async "a second person approves and publishes it"(world) {
    const page = await world.made("editor").newPage();
    await page.goto(review(world));
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Approved.").waitFor();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published. Messages are on their way.").waitFor();
    world.keep("title", await page.locator(".work-head h1").innerText());
    world.keep("edition", `/${DESK}/editions/${world.made("slug")}`);
    await page.close();
  },

  async "readers find it on the front page, in the archive and at its address"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}`);
    await page
      .locator(".lead-edition")
      .getByRole("link", { name: world.made("title") })
      .click();
    await page.waitForURL(`**${world.made("edition")}`);
    const topic = page.locator(".sentence.topic", { hasText: world.made("topic") });
    await topic.waitFor();
    assert.ok(Number.parseInt(await topic.evaluate((element) => getComputedStyle(element).fontWeight), 10) >= 600);
    await page.locator(".takeaways li", { hasText: world.made("topic") }).waitFor();
    const marks = await page.locator(".para .note-mark").allInnerTexts();
    assert.deepEqual([...marks].slice(0, 2), ["i", "ii"], "notes are numbered in roman numerals as they appear");
    assert.match(await page.locator(".notes").innerText(), /chekad\[\.\]example/, "the state agency is defanged");
    assert.equal(await page.locator("a[href*='chekad.example']").count(), 0, "and can't be pressed");
    await page.goto(`/${DESK}/archive`);
    await page.getByRole("link", { name: world.made("title") }).waitFor();
  },

  async "the PDF says the same to another program"(world) {
    const context = await world.visitor();
    const answer = await context.request.get(`${world.made("edition")}.pdf`);
    assert.equal(answer.headers()["content-type"], "application/pdf");
    const text = plain(await pdfText(await answer.body()));
    for (const words of [world.made("title"), world.made("topic"), "chekad[.]example"]) {
      assert.ok(text.includes(plain(words)), `${words}\n${text.slice(0, 3000)}`);
    }
  },

  async "the feed is well-formed and begins with it"(world) {
    const page = await world.page();
    await page.goto(`/${DESK}`);
    const address = await page.locator("link[rel=alternate][type='application/atom+xml']").getAttribute("href");
    const feed = await page.evaluate(async (url) => {
      const xml = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/xml");
      const [entry] = xml.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "entry");
      return {
        error: xml.querySelector("parsererror")?.textContent ?? null,
        title: entry.querySelector("title").textContent,
        href: entry.querySelector("link[rel=alternate]").getAttribute("href"),
        content: entry.querySelector("content").textContent,
      };
    }, address);
    assert.equal(feed.error, null);
    assert.equal(feed.title, world.made("title"));
    assert.equal(feed.href, world.program.address + world.made("edition"));
    assert.ok(feed.content.includes(world.made("topic")));
  },

  async "the subscriber gets one message, in all its parts"(world) {
    const { outbox } = world.program;
    const [address, title] = [world.made("address"), world.made("title")];
    const isIt = ({ subject }) => subject === title;
    const sent = await message(outbox, address, isIt);
    assert.ok(plain(sent.text).includes(world.made("topic")));
    assert.ok(plain(sent.html).includes(world.made("topic")));
    assert.match(sent.raw, /^Content-Type: multipart\/alternative/im);
    const [picture, ...others] = sent.attachments;
    assert.equal(others.length, 0);
    assert.equal(picture.contentType, "image/png");
    assert.equal(picture.contentDisposition, "inline");
    assert.ok(picture.related && picture.content.length > 1000);
    const raw = sent.raw.replace(/=\r\n/g, "");
    assert.ok(raw.includes(`cid:${picture.cid}`), "the HTML shows the picture that the message brings");
    const header = (name) => sent.headerLines.find(({ key }) => key === name)?.line ?? "";
    const leave = header("list-unsubscribe").match(/<(http[^>]+\/leave\/[^>]+)>/)?.[1];
    assert.ok(leave, header("list-unsubscribe"));
    assert.match(header("list-unsubscribe-post"), /: List-Unsubscribe=One-Click$/);
    assert.ok(sent.html.includes("chekad[.]example") && sent.text.includes("chekad[.]example"));
    assert.ok(!/href="[^"]*chekad/.test(sent.html), "a defanged link can't be pressed");
    const sources = [...raw.matchAll(/ src=3D"([^"]*)"| src="([^"]*)"/g)].map(([, quoted, bare]) => quoted ?? bare);
    assert.deepEqual(sources, [`cid:${picture.cid}`], "nothing is loaded from elsewhere when it is read");
    world.keep("leave", leave);
  },

  async "each subscriber gets it once, however often sending is asked for"(world) {
    const chief = await world.made("chief").newPage();
    await chief.goto(`/newsroom/${DESK}/subscribers`);
    await chief.getByRole("button", { name: "Send what is due" }).click();
    await chief.getByText("What was due was sent.").waitFor();
    const table = chief.getByRole("region", { name: "Deliveries" });
    await until("the delivery is done", async () => {
      await chief.reload();
      return (await table.getByRole("cell", { name: "sent", exact: true }).count()) === 1;
    });
    const all = await messages(world.program.outbox, world.made("address"));
    assert.equal(all.filter(({ subject }) => subject === world.made("title")).length, 1);
    await chief.close();
  },
};
