/** The form of a lead over the inbox: the server makes and reads it, here it is only shown and sent. */
import { el } from "../dom";
import { reason, request } from "../request";

const TITLE = "lead-dialog-title";

async function form(address: string, sent?: FormData): Promise<Node[]> {
  const url = new URL(address, location.href);
  url.searchParams.set("part", "form");
  const body = sent ? new URLSearchParams([...sent].map(([name, value]) => [name, String(value)])) : null;
  const response = await fetch(url, { method: sent ? "POST" : "GET", credentials: "same-origin", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok)
    throw new Error(page.querySelector("main p")?.textContent ?? "The server did not answer as expected.");
  return [...page.body.childNodes].map((node) => document.importNode(node, true));
}

/** Shows the form at an address; answers whether a lead was kept. */
export function leadDialog(address: string): Promise<boolean> {
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": TITLE });
  const body = el("div", { "aria-busy": true });
  dialog.append(el("h2", { id: TITLE }, "Make a lead"), body);
  return new Promise((resolve) => {
    let kept = false;
    const tell = (error: unknown): void => {
      body.querySelector("[data-failed]")?.remove();
      body.prepend(el("p", { class: "error", role: "alert", "data-failed": true }, reason(error)));
      body.scrollIntoView({ block: "start" });
    };
    const show = async (from: string, sent?: FormData): Promise<void> => {
      body.setAttribute("aria-busy", "true");
      try {
        body.replaceChildren(...(await form(from, sent)));
        body.querySelector<HTMLElement>(sent ? "#l-find" : "#l-what")?.focus();
      } catch (error) {
        tell(error);
      } finally {
        body.removeAttribute("aria-busy");
      }
    };
    const save = async (sending: HTMLFormElement): Promise<void> => {
      const button = sending.querySelector<HTMLButtonElement>("[data-save]");
      if (button?.disabled) return;
      if (button) button.disabled = true;
      try {
        await request(sending.action, { method: "POST", form: new FormData(sending) });
        kept = true;
        dialog.close();
      } catch (error) {
        tell(error);
      } finally {
        if (button) button.disabled = false;
      }
    };
    dialog.addEventListener("submit", (event) => {
      const sending = event.target;
      if (!(sending instanceof HTMLFormElement) || !sending.hasAttribute("data-lead-form")) return;
      event.preventDefault();
      const finds = event.submitter instanceof HTMLButtonElement && event.submitter.name === "find";
      // Enter in a field is meant as saving, except where one looks for a place.
      const looks = finds && (document.activeElement === event.submitter || document.activeElement?.id === "l-find");
      if (looks) void show(sending.action, new FormData(sending, event.submitter));
      else if (sending.reportValidity()) void save(sending);
    });
    dialog.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("[data-close]")) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const sending = body.querySelector<HTMLFormElement>("[data-lead-form]");
      if (sending?.reportValidity()) void save(sending);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(kept);
    });
    document.body.append(dialog);
    dialog.showModal();
    void show(address);
  });
}
