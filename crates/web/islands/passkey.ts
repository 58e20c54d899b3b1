/** Registering a passkey and signing in with one. */
import { islands } from "./dom";
import { creation, credential, requesting } from "./passkey/credentials";
import { reason, request } from "./request";

function failed(error: unknown): string {
  if (error instanceof DOMException && error.name === "NotAllowedError") return "It was cancelled, or took too long.";
  if (error instanceof DOMException && error.name === "InvalidStateError") return "This passkey is registered already.";
  return reason(error);
}

async function run(form: HTMLFormElement): Promise<void> {
  const { passkey, begin = "", finish = "", next = "/newsroom" } = form.dataset;
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const challenge = await request(begin, { method: "POST", json: fields });
  const made =
    passkey === "register"
      ? await navigator.credentials.create({ publicKey: creation(challenge) })
      : await navigator.credentials.get({ publicKey: requesting(challenge) });
  if (!(made instanceof PublicKeyCredential)) throw new Error("The browser gave no passkey.");
  const state =
    typeof challenge === "object" && challenge !== null && "state" in challenge ? { state: challenge.state } : {};
  const answer = await request(finish, { method: "POST", json: { ...credential(made), ...state } });
  const wanted = typeof answer === "object" && answer !== null && "next" in answer ? String(answer.next) : next;
  // Only a path of our own: an address that came with the page's query must not lead elsewhere.
  const target = new URL(wanted, location.href);
  location.assign(target.origin === location.origin ? target.href : "/newsroom");
}

for (const form of islands("passkey")) {
  if (!(form instanceof HTMLFormElement)) continue;
  form.hidden = !("PublicKeyCredential" in window);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const message = form.querySelector<HTMLElement>("[data-message]");
    const submit = form.querySelector<HTMLButtonElement>("button:not([type=button])");
    if (message) message.hidden = true;
    if (submit) submit.disabled = true;
    try {
      await run(form);
    } catch (error) {
      if (message) {
        message.textContent = failed(error);
        message.hidden = false;
        message.setAttribute("role", "alert");
      }
    } finally {
      if (submit) submit.disabled = false;
    }
  });
}
