/** WebAuthn's options and answers as the server writes them: bytes are base64url (WebAuthn, section 5.1.10). */

/** Bytes from base64url. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** Base64url from bytes, without padding. */
export function base64url(buffer: ArrayBuffer | Uint8Array): string {
  const view = buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer);
  const plain = Array.from(view, (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

interface Described {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

const described = (list: Described[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((entry) => ({ ...entry, id: bytes(entry.id) }));

function options(challenge: unknown): Record<string, unknown> {
  if (typeof challenge === "object" && challenge !== null && "publicKey" in challenge) {
    return challenge.publicKey as Record<string, unknown>;
  }
  throw new Error("The server sent no passkey challenge.");
}

/** The options of a registration. */
export function creation(challenge: unknown): PublicKeyCredentialCreationOptions {
  const given = options(challenge) as unknown as PublicKeyCredentialCreationOptionsJSON;
  return {
    ...(given as unknown as PublicKeyCredentialCreationOptions),
    challenge: bytes(given.challenge),
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: described(given.excludeCredentials as Described[] | undefined),
  };
}

/** The options of a sign-in. */
export function requesting(challenge: unknown): PublicKeyCredentialRequestOptions {
  const given = options(challenge) as unknown as PublicKeyCredentialRequestOptionsJSON;
  return {
    ...(given as unknown as PublicKeyCredentialRequestOptions),
    challenge: bytes(given.challenge),
    allowCredentials: described(given.allowCredentials as Described[] | undefined),
  };
}

function answer(response: AuthenticatorResponse): Record<string, unknown> {
  const clientDataJSON = base64url(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    return {
      clientDataJSON,
      attestationObject: base64url(response.attestationObject),
      transports: response.getTransports(),
    };
  }
  if (response instanceof AuthenticatorAssertionResponse) {
    return {
      clientDataJSON,
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature),
      userHandle: response.userHandle ? base64url(response.userHandle) : null,
    };
  }
  return { clientDataJSON };
}

/** What the browser made, as JSON for the server. */
export function credential(made: PublicKeyCredential): Record<string, unknown> {
  return {
    id: made.id,
    rawId: base64url(made.rawId),
    type: made.type,
    response: answer(made.response),
    extensions: made.getClientExtensionResults(),
  };
}
