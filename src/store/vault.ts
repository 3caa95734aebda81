import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomUUID,
} from "node:crypto";
import type { Store, Tx } from "./database.js";

/** The deployment's own scope: tokens and codes that belong to no body. */
export const DEPLOYMENT = "00000000-0000-0000-0000-000000000000";

/** Seals and opens words of one scope. Sealed text is `v1.` and base64url of nonce, ciphertext and tag. */
export type Cipher = {
  seal(words: string): string;
  open(sealed: string): string;
  sealBytes(bytes: Uint8Array): string;
  openBytes(sealed: string): Uint8Array;
  /** A keyed hash, the same for the same words in one scope: what is looked for can be found, and nothing guessed at (HMAC-SHA-256). */
  mark(words: string): string;
  /** A key of 32 bytes for one purpose, derived from the scope's own (RFC 5869): what is made with one says nothing of another. */
  key(purpose: string): Buffer;
};

/**
 * Encryption at rest: AES-256-GCM, envelope keys (NIST SP 800-38D).
 * Each body has a data key, kept wrapped by the newest secret key; a rotation wraps again and touches no content.
 */
export class Vault {
  readonly #secrets: { id: string; key: Buffer }[];
  readonly #ciphers = new Map<string, Cipher>();

  /** @param secrets 32-byte keys, newest first */
  constructor(secrets: Buffer[]) {
    this.#secrets = secrets.map((key) => ({ key, id: createHash("sha256").update(key).digest("hex").slice(0, 12) }));
  }

  /** @param tx any transaction; the key is made at first use */
  async cipher(tx: Tx, scope: string): Promise<Cipher> {
    const known = this.#ciphers.get(scope);
    if (known) return known;
    const fresh = { id: randomUUID(), scope, wrapped: this.#wrap(randomBytes(32), scope) };
    await tx
      .insertInto("data_keys")
      .values(fresh)
      .onConflict((c) => c.column("scope").doNothing())
      .execute();
    const row = await tx.selectFrom("data_keys").select("wrapped").where("scope", "=", scope).executeTakeFirstOrThrow();
    const cipher = cipherOf(this.#unwrap(row.wrapped, scope), scope);
    // A key made in this transaction is gone if it rolls back: only what was there before is remembered.
    if (row.wrapped !== fresh.wrapped) this.#ciphers.set(scope, cipher);
    return cipher;
  }

  /** Wraps every data key with the newest secret key. @returns how many were wrapped anew */
  async rotate(store: Store): Promise<number> {
    return store.outside(async (tx) => {
      const rows = await tx.selectFrom("data_keys").selectAll().forUpdate().execute();
      const old = rows.filter((row) => !row.wrapped.startsWith(`v1.${this.#newest.id}.`));
      for (const row of old)
        await tx
          .updateTable("data_keys")
          .set({ wrapped: this.#wrap(this.#unwrap(row.wrapped, row.scope), row.scope) })
          .where("id", "=", row.id)
          .execute();
      return old.length;
    });
  }

  /** Whether every data key opens with the keys at hand. */
  async check(store: Store): Promise<boolean> {
    const rows = await store.outside((tx) => tx.selectFrom("data_keys").select(["scope", "wrapped"]).execute());
    return rows.every((row) => {
      try {
        return this.#unwrap(row.wrapped, row.scope).length === 32;
      } catch {
        return false;
      }
    });
  }

  get #newest() {
    const [newest] = this.#secrets;
    if (!newest) throw new Error("no secret key");
    return newest;
  }

  #wrap(key: Buffer, scope: string): string {
    return `v1.${this.#newest.id}.${encrypt(this.#newest.key, key, scope)}`;
  }

  #unwrap(wrapped: string, scope: string): Buffer {
    const [, id, body] = wrapped.split(".");
    const secret = this.#secrets.find((candidate) => candidate.id === id);
    if (!secret || !body)
      throw new Error("COORD_SECRET_KEYS lacks the key that this database was written with; put it back at the end.");
    return decrypt(secret.key, body, scope);
  }
}

function cipherOf(key: Buffer, scope: string): Cipher {
  const derived = (purpose: string) => Buffer.from(hkdfSync("sha256", key, scope, `coord ${purpose}`, 32));
  const marking = derived("mark");
  return {
    seal: (words) => `v1.${encrypt(key, Buffer.from(words, "utf8"), scope)}`,
    open: (sealed) => decrypt(key, sealed.slice(3), scope).toString("utf8"),
    sealBytes: (bytes) => `v1.${encrypt(key, Buffer.from(bytes), scope)}`,
    openBytes: (sealed) => decrypt(key, sealed.slice(3), scope),
    key: derived,
    mark: (words) => createHmac("sha256", marking).update(words).digest("base64url"),
  };
}

/** @param bound what the ciphertext belongs to: moved elsewhere it does not open */
function encrypt(key: Buffer, plain: Buffer, bound: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url");
}

function decrypt(key: Buffer, text: string, bound: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12))
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

/**
 * Free words of an event: sealed with a random salt, beside a commitment to both (docs/audit.md).
 * Once the sealed words are erased the commitment proves nothing to a guesser, since the salt went with them.
 */
export function sealWords(cipher: Cipher, words: string): { words: string; commitment: string } {
  const salted = randomBytes(16).toString("hex") + words;
  return { words: cipher.seal(salted), commitment: createHash("sha256").update(salted).digest("hex") };
}

export function openWords(cipher: Cipher, sealed: string, commitment: string): { words: string; kept: boolean } {
  const salted = cipher.open(sealed);
  return { words: salted.slice(32), kept: createHash("sha256").update(salted).digest("hex") === commitment };
}
