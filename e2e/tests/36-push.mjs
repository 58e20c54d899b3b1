// Telling this browser of alerts: the button, what it asks for, and the notification that the kept script shows.
import assert from "node:assert/strict";
import { until } from "../lib/wait.mjs";
import { DESK } from "../lib/world.mjs";

const watches = `/newsroom/${DESK}/watches`;
const ENDPOINT = "https://push.example/send/browser-test";

/** A browser here has no push service of its maker's: it gets a subscription made up of a real point on P-256. */
function pushService(endpoint) {
  let held = null;
  const subscription = {
    endpoint,
    toJSON: () => ({
      endpoint,
      keys: {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      },
    }),
    unsubscribe: async () => {
      held = null;
      localStorage.removeItem("told");
      return true;
    },
  };
  PushManager.prototype.getSubscription = async () => held ?? (localStorage.getItem("told") ? subscription : null);
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly || options.applicationServerKey.length !== 87) throw new Error("no such key");
    localStorage.setItem("told", "yes");
    held = subscription;
    return subscription;
  };
}

/** Somebody's page in a browser that may show notifications. */
async function opened(world) {
  const storageState = await world.made("editor").storageState();
  const context = await world.visitor({ storageState, permissions: ["notifications"] });
  await context.addInitScript(pushService, ENDPOINT);
  const page = await context.newPage();
  await page.goto(watches);
  return { context, page };
}

export default {
  async "a button tells this browser of alerts, and ends it"(world) {
    const { page } = await opened(world);
    const here = page.getByRole("region", { name: "This browser" });
    await here.getByText("This browser is not told.").waitFor();
    await here.getByRole("button", { name: "Tell this browser" }).click();
    await here.getByText("This browser is told of what the watches mark.").waitFor();
    await page.goto(watches);
    await here.getByText("This browser is told of what the watches mark.").waitFor();
    await here.getByRole("row").filter({ hasText: "Chrom" }).first().waitFor();
    await here.getByRole("button", { name: "Tell this browser no more" }).click();
    await here.getByText("This browser is not told.").waitFor();
    await page.goto(watches);
    await here.getByText("This browser is not told.").waitFor();
  },

  async "the kept script shows what is pushed to it"(world) {
    const { context, page } = await opened(world);
    const here = page.getByRole("region", { name: "This browser" });
    await here.getByRole("button", { name: "Tell this browser" }).click();
    await here.getByText("This browser is told of what the watches mark.").waitFor();
    const session = await context.newCDPSession(page);
    const known = new Map();
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      for (const one of registrations) known.set(one.scopeURL, one.registrationId);
    });
    await session.send("ServiceWorker.enable");
    // What is pushed before the script stands ready is lost to it, as it would be from a service.
    const isReady = async () => {
      const registration = await navigator.serviceWorker.getRegistration("/newsroom/");
      return registration?.active?.state === "activated";
    };
    await until("the script stands ready", () => page.evaluate(isReady));
    const registrationId = await until("the script is registered", () => [...known.values()][0]);
    const told = {
      title: "Trains",
      body: "قطارها ایستاده‌اند",
      language: "fa",
      direction: "rtl",
      url: new URL(watches, page.url()).href,
      tag: "doc-1",
    };
    const origin = new URL(page.url()).origin;
    await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(told) });
    const shown = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration("/newsroom/");
        const notifications = (await registration?.getNotifications()) ?? [];
        return notifications.map(({ title, body, dir, lang, data }) => ({ title, body, dir, lang, data }));
      });
    const [first] = await until("a notification", async () => {
      const all = await shown();
      return all.length > 0 && all;
    });
    assert.deepEqual(first, { title: told.title, body: told.body, dir: "rtl", lang: "fa", data: told.url });
    await here.getByRole("button", { name: "Tell this browser no more" }).click();
    await here.getByText("This browser is not told.").waitFor();
  },

  async "without scripts the page says what it takes"(world) {
    const page = await world.withoutScript("editor");
    await page.goto(watches);
    await page.getByText("It can be told only where the page’s scripts run.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Tell this browser" }).count(), 0);
  },
};
