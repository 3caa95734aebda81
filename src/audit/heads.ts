import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import type { Store } from "../store/database.js";
import { DEPLOYMENT, type Vault } from "../store/vault.js";
import { canonical } from "./canonical.js";
import type { Head } from "./chain.js";
import type { KeptHead } from "./kept.js";

const hex = z.string().regex(/^[0-9a-f]{64}$/);

/** A head as it leaves this machine: one line of JSON, signed with Ed25519 over its canonical form (docs/audit.md). */
const SignedHead = z.object({
  type: z.literal("coord-head"),
  version: z.literal(1),
  body: z.uuid(),
  n: z.int().positive(),
  size: z.int().nonnegative(),
  hash: hex,
  at: z.string(),
  /** The public key, 32 bytes in base64url. */
  key: z.string(),
  signature: z.string(),
});
export type SignedHead = z.infer<typeof SignedHead>;

// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SPKI.
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/**
 * The deployment's signing key. It is derived from the deployment's own data key, so it is the same for all processes,
 * rests nowhere but wrapped by COORD_SECRET_KEYS, and stays when these are rotated.
 */
export class Signer {
  readonly #private: KeyObject;
  /** 32 bytes in base64url. */
  readonly key: string;

  constructor(seed: Buffer) {
    this.#private = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
    const spki = createPublicKey(this.#private).export({ format: "der", type: "spki" });
    this.key = spki.subarray(SPKI.length).toString("base64url");
  }

  static async of(store: Store, vault: Vault): Promise<Signer> {
    return new Signer(await store.outside(async (tx) => (await vault.cipher(tx, DEPLOYMENT)).key("audit heads")));
  }

  sign(body: string, { n, size, hash, at }: Head): SignedHead {
    const head = {
      ...{ type: "coord-head" as const, version: 1 as const },
      ...{ body, n, size, hash, at: at.toISOString(), key: this.key },
    };
    return { ...head, signature: sign(null, Buffer.from(canonical(head)), this.#private).toString("base64url") };
  }

  /** As openssl reads it. */
  get pem(): string {
    return createPublicKey(this.#private).export({ format: "pem", type: "spki" }).toString();
  }
}

export function isSigned({ signature, ...head }: SignedHead): boolean {
  try {
    const spki = Buffer.concat([SPKI, Buffer.from(head.key, "base64url")]);
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    return verify(null, Buffer.from(canonical(head)), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

/** For a line that people read: enough of the hash that nobody finds another chain that starts so. */
export const shortHead = ({ n, hash }: Pick<Head, "n" | "hash">): string => `${n}:${hash.slice(0, 32)}`;

export type Read = { heads: KeptHead[]; ofOthers: number; unreadable: number };

/**
 * Heads as people kept them: signed lines of the heads file, one of them, or short forms, one a line.
 * @param of whose heads are looked for, and which key signs here; heads of other bodies are counted
 */
export function readHeads(text: string, of: { body: string; key: string }): Read {
  const read: Read = { heads: [], ofOthers: 0, unreadable: 0 };
  for (const line of linesOf(text)) {
    const head = headIn(line, of);
    if (head === undefined) read.unreadable++;
    else if (head === "another body's") read.ofOthers++;
    else read.heads.push(head);
  }
  return read;
}

/** A head that was laid out over several lines is one all the same. */
function linesOf(text: string): string[] {
  const whole = jsonIn(text);
  if (typeof whole === "object" && whole !== null) return [whole].flat().map((one) => JSON.stringify(one));
  return text.split("\n").flatMap((line) => line.trim() || []);
}

function headIn(line: string, of: { body: string; key: string }): KeptHead | "another body's" | undefined {
  const short = /^(\d{1,9}):([0-9a-f]{16,64})$/i.exec(line);
  if (short?.[2]) return { n: Number(short[1]), hash: short[2].toLowerCase() };
  const parsed = SignedHead.safeParse(jsonIn(line));
  if (!parsed.success) return undefined;
  const { body, n, hash, size, key } = parsed.data;
  if (body !== of.body) return "another body's";
  if (!isSigned(parsed.data)) return { n, hash, size, forged: true };
  return { n, hash, size, ...(key === of.key ? {} : { foreign: key }) };
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
