/** Kept by a browser that is told of alerts: shows what comes, and opens the page that it is about. */
import { opening, shown } from "./push/notification";
import type { Clicked, Pushed, WorkerScope } from "./push/worker-scope";

const worker = self as unknown as WorkerScope;

worker.addEventListener("push", (event: Pushed) => {
  const { title, options } = shown(event.data?.text() ?? "");
  event.waitUntil(worker.registration.showNotification(title, options));
});

worker.addEventListener("notificationclick", (event: Clicked) => {
  event.notification.close();
  event.waitUntil(open(opening(event.notification.data, worker.location.origin)));
});

/** A tab of the newsroom is led there where one is open; else a new one is. */
async function open(address: string): Promise<void> {
  for (const tab of await worker.clients.matchAll({ type: "window" })) {
    if (tab.url !== address) continue;
    await tab.focus();
    return;
  }
  await worker.clients.openWindow(address);
}
