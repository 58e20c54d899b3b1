/** What a notification says, and where it leads: pure, so that it can be tested without a service worker. */

export interface Shown {
  title: string;
  options: NotificationOptions;
}

/** What is shown of a message. A browser that was woken must show something, also where the message can't be read. */
export function shown(message: string): Shown {
  let told: Record<string, unknown> = {};
  try {
    const read: unknown = JSON.parse(message);
    if (typeof read === "object" && read !== null) told = read as Record<string, unknown>;
  } catch {
    // An unreadable message is told of as one without words.
  }
  const word = (name: string): string => (typeof told[name] === "string" ? told[name] : "");
  const options: NotificationOptions = {
    body: word("body"),
    data: word("url"),
    dir: word("direction") === "rtl" ? "rtl" : "ltr",
    icon: "/assets/icon.svg",
  };
  if (word("language") !== "") options.lang = word("language");
  if (word("tag") !== "") options.tag = word("tag");
  return { title: word("title") || "Something was marked", options };
}

/** The page that a notification opens: one of our own newsroom, whatever the message says. */
export function opening(data: unknown, origin: string): string {
  try {
    const address = new URL(typeof data === "string" ? data : "", origin);
    if (address.origin === origin && address.pathname.startsWith("/newsroom/")) return address.href;
  } catch {
    // What is no address leads where everything else does.
  }
  return `${origin}/newsroom`;
}
