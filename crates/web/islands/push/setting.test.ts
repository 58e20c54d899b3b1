import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf, PushSetting } from "./setting";

const ENDPOINT = "https://push.example/send/1";
const page = (told = ""): HTMLElement => {
  document.body.innerHTML = `<section data-island="push" data-key-public="BKey" data-subscribe="/newsroom/iran/push" data-told="${told}"><p data-said></p><button data-turn hidden></button></section>`;
  return document.querySelector("section") as HTMLElement;
};
const said = (): string => document.querySelector("[data-said]")?.textContent ?? "";
const button = (): HTMLButtonElement => document.querySelector("[data-turn]") as HTMLButtonElement;

const subscription = {
  endpoint: ENDPOINT,
  toJSON: () => ({ endpoint: ENDPOINT, keys: { p256dh: "BPoint", auth: "secret" } }),
  unsubscribe: vi.fn(async () => true),
};
const answers = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
let held: typeof subscription | null = null;
let permission: NotificationPermission = "default";
const manager = {
  getSubscription: async () => held,
  subscribe: vi.fn(async (_: PushSubscriptionOptionsInit) => {
    held = subscription;
    return subscription;
  }),
};
const asks = vi.fn(async () => permission);

beforeEach(() => {
  held = null;
  permission = "granted";
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", {
    get permission() {
      return permission;
    },
    requestPermission: asks,
  });
  const registration = { pushManager: manager };
  vi.stubGlobal("navigator", {
    serviceWorker: {
      getRegistration: async () => (held ? registration : undefined),
      register: vi.fn(async () => registration),
      ready: Promise.resolve(registration),
    },
  });
  vi.stubGlobal("fetch", answers);
  answers.mockImplementation(async () => new Response('{"id":"x","left":0}', { status: 201 }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

test("a browser without push messages is told so and offered nothing", async () => {
  vi.stubGlobal("PushManager", undefined);
  Reflect.deleteProperty(window, "PushManager");
  await new PushSetting(page()).begin();
  expect(said()).toContain("can't be told");
  expect(button().hidden).toBe(true);
});

test("nobody is asked for anything before the button is pressed", async () => {
  permission = "default";
  await new PushSetting(page()).begin();
  expect(said()).toBe("This browser is not told.");
  expect([asks.mock.calls.length, answers.mock.calls.length, button().hidden]).toEqual([0, 0, false]);
});

test("the button subscribes the browser and tells the server", async () => {
  await new PushSetting(page()).begin();
  button().click();
  await vi.waitFor(() => expect(said()).toContain("is told of what the watches mark"));
  expect(manager.subscribe.mock.calls[0]?.[0]).toEqual({ userVisibleOnly: true, applicationServerKey: "BKey" });
  const [url, init] = answers.mock.calls[0] ?? [];
  expect(url).toBe("/newsroom/iran/push");
  expect(JSON.parse(String(init?.body))).toEqual(subscription.toJSON());
  expect(button().textContent).toBe("Tell this browser no more");
});

test("a browser that is told already is shown so, and can end it", async () => {
  held = subscription;
  const id = await idOf(ENDPOINT);
  await new PushSetting(page(`other ${id}`)).begin();
  expect(said()).toContain("is told");
  button().click();
  await vi.waitFor(() => expect(said()).toBe("This browser is not told."));
  expect(answers.mock.calls[0]?.[0]).toBe(`/newsroom/iran/push/${id}/end`);
  expect(subscription.unsubscribe).toHaveBeenCalledOnce();
});

test("a browser that another desk still tells keeps its subscription", async () => {
  held = subscription;
  answers.mockImplementation(async () => new Response('{"left":1}'));
  await new PushSetting(page(await idOf(ENDPOINT))).begin();
  button().click();
  await vi.waitFor(() => expect(said()).toBe("This browser is not told."));
  expect(subscription.unsubscribe).not.toHaveBeenCalled();
});

test("a subscription that the server does not know counts for nothing", async () => {
  held = subscription;
  await new PushSetting(page("somebody-else")).begin();
  expect(said()).toBe("This browser is not told.");
});

test("who blocks notifications is told where to allow them", async () => {
  permission = "denied";
  await new PushSetting(page()).begin();
  expect(said()).toContain("blocked");
  expect(button().hidden).toBe(true);
});

test("what the server refuses is said", async () => {
  answers.mockImplementation(async () => new Response('{"error":{"message":"Too many."}}', { status: 422 }));
  await new PushSetting(page()).begin();
  button().click();
  await vi.waitFor(() => expect(said()).toBe("It did not work: Too many."));
});
