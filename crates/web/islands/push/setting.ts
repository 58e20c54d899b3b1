/** One browser's push subscription, as the desk's server and the browser know it together. */
import { reason, request } from "../request";

const WORKER = "/newsroom/push-worker.js";
const SCOPE = "/newsroom/";

const UNSUPPORTED =
  "This browser can't be told: it knows no push messages, or the page did not come over a secure connection.";
const DENIED =
  "Notifications from this site are blocked in this browser's settings. Allow them there, then load the page anew.";
const OFF = "This browser is not told.";
const ON = "This browser is told of what the watches mark.";

/** The id that the server gives a subscription: the beginning of the SHA-256 of its address. */
export async function idOf(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
  return hex.join("").slice(0, 32);
}

export class PushSetting {
  readonly #root: HTMLElement;
  #on = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#button?.addEventListener("click", () => void this.#turn());
  }

  get #button(): HTMLButtonElement | null {
    return this.#root.querySelector<HTMLButtonElement>("[data-turn]");
  }

  /** Finds out how it stands, without asking anybody for anything. */
  async begin(): Promise<void> {
    const supported = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
    if (!supported || !window.isSecureContext) {
      this.#say(UNSUPPORTED);
      return;
    }
    if (Notification.permission === "denied") {
      this.#say(DENIED);
      return;
    }
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    const subscription = await registration?.pushManager.getSubscription();
    const told = (this.#root.dataset.told ?? "").split(" ");
    this.#show(Boolean(subscription) && told.includes(await idOf(subscription?.endpoint ?? "")));
  }

  async #turn(): Promise<void> {
    const button = this.#button;
    if (!button || button.disabled) return;
    button.disabled = true;
    try {
      if (this.#on) await this.#end();
      else await this.#subscribe();
    } catch (error) {
      this.#say(Notification.permission === "denied" ? DENIED : `It did not work: ${reason(error)}`);
    } finally {
      button.disabled = false;
    }
  }

  async #subscribe(): Promise<void> {
    if ((await Notification.requestPermission()) !== "granted") {
      this.#say(Notification.permission === "denied" ? DENIED : OFF);
      return;
    }
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    // A registration can't subscribe before its script is at work.
    const registration = await navigator.serviceWorker.ready;
    const subscription = await this.#subscription(registration.pushManager);
    const answer = await request(this.#root.dataset.subscribe ?? "", { method: "POST", json: subscription.toJSON() });
    if (typeof answer !== "object" || answer === null || !("id" in answer)) throw new Error("the server gave no id");
    this.#show(true);
  }

  async #subscription(manager: PushManager): Promise<PushSubscription> {
    const options = { userVisibleOnly: true, applicationServerKey: this.#root.dataset.keyPublic ?? "" };
    try {
      return await manager.subscribe(options);
    } catch (error) {
      // The browser still holds one for an earlier key of this installation.
      const old =
        error instanceof DOMException && error.name === "InvalidStateError" && (await manager.getSubscription());
      if (!old) throw error;
      await old.unsubscribe();
      return manager.subscribe(options);
    }
  }

  async #end(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration(SCOPE);
    const subscription = await registration?.pushManager.getSubscription();
    if (subscription) {
      const id = await idOf(subscription.endpoint);
      const answer = await request(`${this.#root.dataset.subscribe}/${id}/end`, { method: "POST" });
      const left = typeof answer === "object" && answer !== null && "left" in answer ? Number(answer.left) : 0;
      // Another desk may still tell this browser.
      if (left === 0) await subscription.unsubscribe();
      this.#root.querySelector(`[data-browser="${id}"]`)?.remove();
    }
    this.#show(false);
  }

  #show(on: boolean): void {
    this.#on = on;
    const button = this.#button;
    if (button) {
      button.hidden = false;
      button.textContent = on ? "Tell this browser no more" : "Tell this browser";
    }
    this.#say(on ? ON : OFF);
  }

  #say(words: string): void {
    const place = this.#root.querySelector<HTMLElement>("[data-said]");
    if (place) place.textContent = words;
  }
}
