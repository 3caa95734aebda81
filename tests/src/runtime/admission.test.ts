import { describe, expect, it } from "vitest";
import { type AccountRef, FULL, type Inbound, type Platform } from "../../../src/chat/index.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { AdmissionControl } from "../../../src/runtime/admission.js";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Work that lasts until it is let go. */
function held() {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { until, letGo: () => letGo() };
}

describe("admission", () => {
  it("works on so many at once and no more, and the others in their order", async () => {
    const door = new AdmissionControl({ atOnce: 2, waitMs: 60_000 });
    const gate = held();
    const begun: number[] = [];
    const all = [0, 1, 2, 3, 4].map((n) =>
      door.enter(async () => {
        begun.push(n);
        await gate.until;
        return n;
      }),
    );
    await pause(5);
    expect(begun).toEqual([0, 1]);
    gate.letGo();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it("begins nothing that waited too long, and is open again afterwards", async () => {
    let shed = 0;
    const door = new AdmissionControl({ atOnce: 1, waitMs: 20 }, () => shed++);
    const gate = held();
    const first = door.enter(async () => gate.until);
    let begun = false;
    const late = door.enter(async () => {
      begun = true;
    });
    expect(await late).toBe(FULL);
    gate.letGo();
    await first;
    expect({ begun, shed }).toEqual({ begun: false, shed: 1 });
    expect(await door.enter(async () => "in")).toBe("in");
  });

  it("tells whoever would wait in vain at once, without letting them wait", async () => {
    const door = new AdmissionControl({ atOnce: 1, waitMs: 100 });
    // It learns that one takes long.
    for (let n = 0; n < 20; n++) await door.enter(() => pause(20));
    const gate = held();
    const inside = door.enter(async () => gate.until);
    const line = Array.from({ length: 50 }, () => door.enter(async () => undefined));
    const first = await Promise.race([...line.slice(-20), pause(50).then(() => "none")]);
    expect(first).toBe(FULL);
    gate.letGo();
    await Promise.all([inside, ...line]);
  });

  it("gives a place back when the work throws", async () => {
    const door = new AdmissionControl({ atOnce: 1, waitMs: 1 });
    for (let n = 0; n < 3; n++) await expect(door.enter(() => Promise.reject(new Error("x")))).rejects.toThrow("x");
    expect(await door.enter(async () => "in")).toBe("in");
  });

  const account = (platform: Platform, user: string): AccountRef => ({ platform, tenant: "T0", user });
  const from = (actor: Inbound["actor"], what: object): Inbound =>
    ({
      key: "k",
      actor,
      conversation: { platform: actor.platform, tenant: "T0", id: "D1", kind: "personal" },
      ...what,
    }) as Inbound;

  it("says so in the person's language: the one they chose, else their client's, else English", () => {
    const door = new AdmissionControl();
    door.heard(account("slack", "U1"), "fr");
    const said = (actor: Inbound["actor"]) => JSON.stringify(door.full(from(actor, { type: "command", text: "" })));
    const [en, fr] = ["en", "fr"].map((lang) => messagesFor(lang).errors.full);
    expect(said({ ...account("slack", "U1"), locale: "en-GB" })).toContain(fr);
    expect(said({ ...account("teams", "U1"), locale: "fr-CA" })).toContain(fr);
    expect(said({ ...account("slack", "U2") })).toContain(en);
  });

  it.each([
    [{ type: "command", text: "x", mentions: [] }, "post"],
    [{ type: "action", id: "done" }, "post"],
    [{ type: "shortcut", id: "task.new" }, "post"],
    [{ type: "threadReply", text: "x" }, "post"],
    [{ type: "submit", form: "f", state: "", values: {} }, "errors"],
    [{ type: "home" }, "home"],
    [{ type: "suggest", source: "s", query: "" }, "options"],
    [{ type: "joined", who: "bot" }, undefined],
  ])("answers %o with %s", (what, kind) => {
    const reply = new AdmissionControl().full(from(account("slack", "U1"), what));
    expect(reply && Object.keys(reply)[0]).toBe(kind);
  });
});
