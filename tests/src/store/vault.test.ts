import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../../../src/store/database.js";
import { openWords, sealWords, Vault } from "../../../src/store/vault.js";
import { testStore } from "../../store.js";

describe("encryption at rest", () => {
  let store: Store;
  let close: () => Promise<void>;
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  const scopes = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"] as const;
  beforeAll(async () => ({ store, close } = await testStore()));
  afterAll(() => close());

  const cipher = (vault: Vault, scope: string = scopes[0]) => store.outside((tx) => vault.cipher(tx, scope));

  it("opens what it sealed, whatever the letters, and never seals twice alike", async () => {
    const c = await cipher(new Vault([old]));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (words) => {
        const [a, b] = [c.seal(words), c.seal(words)];
        expect(c.open(a)).toBe(Buffer.from(words).toString());
        expect(a).not.toBe(b);
      }),
    );
  });

  it("refuses what was altered, and what belongs to another body", async () => {
    const c = await cipher(new Vault([old]));
    const sealed = c.seal("words");
    const flipped = sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA");
    expect(() => c.open(flipped)).toThrow();
    const other = await cipher(new Vault([old]), scopes[1]);
    expect(() => other.open(sealed)).toThrow();
  });

  it("rotates: the new key opens everything, and then the old one may go", async () => {
    const sealed = (await cipher(new Vault([old]))).seal("kept");
    expect(await new Vault([fresh]).check(store)).toBe(false);
    expect(await new Vault([fresh, old]).rotate(store)).toBe(2);
    expect(await new Vault([fresh, old]).rotate(store)).toBe(0);
    expect((await cipher(new Vault([fresh]))).open(sealed)).toBe("kept");
    await expect(cipher(new Vault([old]))).rejects.toThrow(/COORD_SECRET_KEYS/);
  });

  it("commits to words without giving them away", async () => {
    const c = await cipher(new Vault([fresh]));
    const first = sealWords(c, "yes");
    expect(openWords(c, first.words, first.commitment)).toEqual({ words: "yes", kept: true });
    expect(sealWords(c, "yes").commitment).not.toBe(first.commitment);
    expect(openWords(c, sealWords(c, "no").words, first.commitment).kept).toBe(false);
  });
});
