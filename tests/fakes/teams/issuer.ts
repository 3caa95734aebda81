import { randomUUID } from "node:crypto";
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWTPayload, SignJWT } from "jose";

/** The Bot Connector's token issuer: signs what it sends to the bot, and publishes its keys. */
export type Issuer = {
  readonly issuer: string;
  metadata(origin: string): object;
  keys(): object;
  /** A token as the connector would send it; every part can be made wrong. */
  sign(claims: JWTPayload, wrong?: { kid?: string; alg?: "none" | "HS256"; otherKey?: true }): Promise<string>;
};

/** Making RSA keys takes longer than most tests: one set a process. */
let made: Promise<{ good: GenerateKeyPairResult; unendorsed: GenerateKeyPairResult; stranger: GenerateKeyPairResult }>;
const makeKeys = async () => {
  const make = () => generateKeyPair("RS256", { extractable: true });
  return { good: await make(), unendorsed: await make(), stranger: await make() };
};

export async function createIssuer(path: string): Promise<Issuer> {
  const issuer = "https://api.fake-botframework.example";
  made ??= makeKeys();
  const { good, unendorsed, stranger } = await made;
  const jwk = await exportJWK(good.publicKey);
  const keyOf = { endorsed: good.privateKey, "other-channel": unendorsed.privateKey } as const;
  const published = [
    { ...jwk, kid: "endorsed", use: "sig", endorsements: ["msteams"] },
    { ...(await exportJWK(unendorsed.publicKey)), kid: "other-channel", use: "sig", endorsements: ["webchat"] },
  ];

  return {
    issuer,
    metadata: (origin) => ({
      issuer,
      authorization_endpoint: "https://invalid.example",
      jwks_uri: `${origin}${path}/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    }),
    keys: () => ({ keys: published }),
    async sign(claims, wrong = {}) {
      const kid = wrong.kid ?? "endorsed";
      const token = new SignJWT({ jti: randomUUID(), ...claims });
      if (wrong.alg === "none") {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
        return `${part({ alg: "none", typ: "JWT", kid })}.${part(claims)}.`;
      }
      // The classic confusion: the public key, which anybody has, used as a shared secret.
      if (wrong.alg === "HS256")
        return token.setProtectedHeader({ alg: "HS256", kid }).sign(Buffer.from(JSON.stringify(jwk)));
      const key = wrong.otherKey ? stranger.privateKey : keyOf[kid === "other-channel" ? kid : "endorsed"];
      return token.setProtectedHeader({ alg: "RS256", kid }).sign(key);
    },
  };
}
