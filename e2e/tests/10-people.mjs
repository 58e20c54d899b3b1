// Two people come in: the first by the setup link, the second by an invitation.
import assert from "node:assert/strict";
import { code } from "../lib/totp.mjs";

const CHIEF = { name: "Noor Castellane", login: "noor", password: "correct horse battery staple" };
const EDITOR = { name: "Ilse Varga", login: "ilse", password: "a second and longer sentence" };

async function signIn(page, { login, password }, oneTime = "") {
  await page.goto("/newsroom/sign-in");
  const form = page.locator("form[action='/newsroom/sign-in']");
  await form.getByLabel("Login").fill(login);
  await form.getByLabel("Password").fill(password);
  if (oneTime) await form.getByLabel("Code of your authenticator app").fill(oneTime);
  await form.getByRole("button", { name: "Sign in" }).click();
}

// Who has one desk is led to its inbox at once.
const isIn = (page) => page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();

/** An authenticator in the device that says yes; answers how many passkeys it holds. */
async function authenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
  return async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length;
}

export default {
  async "a stranger who asks for the newsroom is led to the sign-in page"(world) {
    const page = await world.page();
    await page.goto("/newsroom/iran/inbox");
    assert.match(page.url(), /\/newsroom\/sign-in\?next=/);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  },

  async "the setup link makes the first account, once"(world) {
    const context = await world.visitor();
    const page = await context.newPage();
    await page.goto(world.program.setup);
    await page.getByRole("heading", { name: "The first account" }).waitFor();
    await page.getByLabel("Your name").fill(CHIEF.name);
    await page.getByLabel("Login").fill(CHIEF.login);
    await page.getByLabel("Password").fill(CHIEF.password);
    await page.getByRole("button", { name: "Make the account" }).click();
    await isIn(page);
    world.keep("chief", context);
    world.troubles.allow(/status of 404/);
    const again = await world.page();
    const answer = await again.goto(world.program.setup);
    assert.equal(answer.status(), 404, "the link is good once");
  },

  async "the first account signs out, and in again by its password only"(world) {
    const page = await world.made("chief").newPage();
    await page.goto("/newsroom");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    world.troubles.allow(/status of 422/);
    await signIn(page, { ...CHIEF, password: "some other sentence of words" });
    await page.getByRole("alert").waitFor();
    await signIn(page, CHIEF);
    await isIn(page);
    await page.close();
  },

  async "a second factor is set up, and asked for from then on"(world) {
    const page = await world.made("chief").newPage();
    await page.goto("/newsroom/account");
    await page.getByRole("button", { name: "Set up an authenticator app" }).click();
    const secret = await page.locator("main code").innerText();
    assert.match(await page.getByRole("link", { name: "Open in the app" }).getAttribute("href"), /^otpauth:\/\/totp\//);
    await page.getByLabel("Code").fill(code(secret));
    await page.getByRole("button", { name: "Set it" }).click();
    await page.getByText("An authenticator app is set up.").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    world.troubles.allow(/status of 422/);
    await signIn(page, CHIEF);
    await page.getByRole("alert").waitFor();
    // The code of this half minute was spent on setting it up.
    await signIn(page, CHIEF, code(secret, 1));
    await isIn(page);
    await page.close();
  },

  async "a second person is invited and sets a password in another browser"(world) {
    const page = await world.made("chief").newPage();
    await page.goto("/newsroom/people");
    const form = page.locator("form[action='/newsroom/people']");
    await form.getByLabel("Name").fill(EDITOR.name);
    await form.getByLabel("Login").fill(EDITOR.login);
    await form.getByLabel("Role").selectOption("editor");
    await form.getByRole("button", { name: "Make an invitation link" }).click();
    const link = await page.locator("main code").innerText();
    await page.close();
    const context = await world.visitor();
    const theirs = await context.newPage();
    await theirs.goto(link);
    await theirs.getByText(EDITOR.login).waitFor();
    await theirs.getByLabel("Password").fill(EDITOR.password);
    await theirs.getByRole("button", { name: "Make the account" }).click();
    await isIn(theirs);
    await theirs.getByRole("navigation", { name: "Newsroom" }).getByText(EDITOR.name).waitFor();
    await theirs.close();
    world.keep("editor", context);
  },

  async "a passkey is registered, and signs in without a password"(world) {
    const page = await world.made("editor").newPage();
    const held = await authenticator(page);
    await page.goto("/newsroom/account");
    await page.getByRole("button", { name: "Register a passkey" }).click();
    await page.getByText("1 registered.").waitFor();
    assert.equal(await held(), 1);
    await page.getByRole("button", { name: "Sign out" }).click();
    const form = page.locator("[data-passkey=login]");
    await form.getByLabel("Login").fill(EDITOR.login);
    await form.getByRole("button", { name: "Sign in with a passkey" }).click();
    await isIn(page);
    await page.close();
  },

  async "an editor is no operator"(world) {
    world.troubles.allow(/status of 403/);
    const page = await world.made("editor").newPage();
    const answer = await page.goto("/newsroom/people");
    assert.equal(answer.status(), 403);
    await page.close();
  },
};
