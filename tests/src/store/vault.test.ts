import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MovableClock } from "../../../src/lib/clock.js";
import { adapterStore } from "../../../src/store/adapter-store.js";
import type { Store } from "../../../src/store/database.js";
import { openWords, sealWords, Vault } from "../../../src/store/vault.js";
import { CANARY } from "../../canary.js";
import { testStore } from "../../store.js";
import { START } from "../../world.js";

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
    await cipher(new Vault([old]), scopes[1]);
    expect(await new Vault([fresh]).check(store)).toBe(false);
    expect(await new Vault([fresh, old]).rotate(store)).toBe(2);
    expect(await new Vault([fresh, old]).rotate(store)).toBe(0);
    expect((await cipher(new Vault([fresh]))).open(sealed)).toBe("kept");
    await expect(cipher(new Vault([old]))).rejects.toThrow(/COORD_SECRET_KEYS/);
    expect(await new Vault([old, fresh]).rotate(store)).toBe(2);
  });

  it("remembers no key that was made in a transaction which was undone: what it sealed would never open again", async () => {
    const vault = new Vault([fresh]);
    const scope = "33333333-3333-4333-8333-333333333333";
    const undone = store.outside(async (tx) => {
      await vault.cipher(tx, scope);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    const sealed = (await cipher(vault, scope)).seal("kept");
    expect((await cipher(new Vault([fresh]), scope)).open(sealed)).toBe("kept");
  });

  it("opens no body's key in the place of another's", async () => {
    // Under whichever of the two a test before has left them.
    await new Vault([fresh, old]).rotate(store);
    for (const scope of scopes) await cipher(new Vault([fresh]), scope);
    const { owner } = store;
    const row = () => owner.selectFrom("data_keys").select("wrapped").where("scope", "=", scopes[1]);
    const own = await row().executeTakeFirstOrThrow();
    const other = owner.selectFrom("data_keys as other").select("wrapped").where("scope", "=", scopes[0]);
    await owner.updateTable("data_keys").set({ wrapped: other }).where("scope", "=", scopes[1]).execute();
    await expect(cipher(new Vault([fresh]), scopes[1])).rejects.toThrow();
    expect(await new Vault([fresh]).check(store)).toBe(false);
    await owner.updateTable("data_keys").set(own).where("scope", "=", scopes[1]).execute();
    expect(await new Vault([fresh]).check(store)).toBe(true);
    await new Vault([old, fresh]).rotate(store);
  });

  it("keeps what adapters remember sealed, until its time is over, and what is taken once", async () => {
    const clock = new MovableClock({ now: () => START });
    const memory = adapterStore(store, new Vault([fresh]), clock);
    await memory.set("always", "zqtokenqz");
    await memory.set("state", "zqstateqz", new Date(START.getTime() + 1_000));
    await memory.set("nonce", "zqnonceqz", new Date(START.getTime() + 1_000));
    expect([await memory.get("always"), await memory.get("state")]).toEqual(["zqtokenqz", "zqstateqz"]);
    expect(JSON.stringify(await store.owner.selectFrom("adapter_store").selectAll().execute())).not.toMatch(CANARY);
    clock.moveTo(new Date(START.getTime() + 1_000));
    expect([await memory.get("state"), await memory.take("nonce")]).toEqual([undefined, undefined]);
    expect([await memory.take("always"), await memory.take("always")]).toEqual(["zqtokenqz", undefined]);
  });

  it("commits to words without giving them away", async () => {
    const c = await cipher(new Vault([old]));
    const first = sealWords(c, "yes");
    expect(openWords(c, first.words, first.commitment)).toEqual({ words: "yes", kept: true });
    expect(sealWords(c, "yes").commitment).not.toBe(first.commitment);
    expect(openWords(c, sealWords(c, "no").words, first.commitment).kept).toBe(false);
  });
});
