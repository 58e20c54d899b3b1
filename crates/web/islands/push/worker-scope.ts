/** What this program uses of a service worker's scope. The compiler's own description of it can't stand beside that of pages. */

interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
}

export interface Pushed extends Lasting {
  readonly data: { text(): string } | null;
}

export interface Clicked extends Lasting {
  readonly notification: Notification;
}

interface Tab {
  readonly url: string;
  focus(): Promise<unknown>;
}

export interface WorkerScope {
  readonly location: { readonly origin: string };
  readonly registration: { showNotification(title: string, options: NotificationOptions): Promise<void> };
  readonly clients: {
    matchAll(options: { type: "window" }): Promise<readonly Tab[]>;
    openWindow(address: string): Promise<unknown>;
  };
  addEventListener(name: "push", heard: (event: Pushed) => void): void;
  addEventListener(name: "notificationclick", heard: (event: Clicked) => void): void;
}
