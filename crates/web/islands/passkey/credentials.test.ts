import { expect, test } from "vitest";
import { base64url, bytes, creation, requesting } from "./credentials";

test("base64url goes both ways without padding", () => {
  const all = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(bytes(base64url(all))).toEqual(all);
  expect(base64url(Uint8Array.from([251, 255]))).toBe("-_8");
});

test("a registration's challenge, user and known passkeys become bytes", () => {
  const made = creation({
    publicKey: {
      challenge: "AQI",
      rp: { name: "x" },
      user: { id: "Aw", name: "n", displayName: "N" },
      excludeCredentials: [{ id: "BA", type: "public-key" }],
    },
  });
  expect(made.challenge).toEqual(Uint8Array.from([1, 2]));
  expect(made.user.id).toEqual(Uint8Array.from([3]));
  expect(made.excludeCredentials?.[0]?.id).toEqual(Uint8Array.from([4]));
});

test("a sign-in without known passkeys asks for any", () => {
  expect(requesting({ publicKey: { challenge: "AQI" } }).allowCredentials).toEqual([]);
});

test("an answer without a challenge says so", () => {
  expect(() => requesting({})).toThrow("no passkey challenge");
});
