import { afterEach, describe, expect, it } from "vitest";
import type { ConversationRef } from "../../../src/chat/index.js";
import { type Sent, textOf, World, words, ZONE } from "../../world.js";
import { instantOf, occurrenceRows } from "./rows.js";

/** The moment at which a meeting begins, and one that nobody started. */

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Jonas: "border focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
};
type Name = keyof typeof PEOPLE;

let w: World;
afterEach(() => w?.close());

async function world(lang: Record<string, string> = {}): Promise<void> {
  w = await World.create({ people: PEOPLE, lang });
  await w.ask("Sofia", "meet-rules quorum:none");
}

async function at(wall: string): Promise<void> {
  w.clock.moveTo(instantOf(wall, ZONE));
  await w.runtime.reconciler.moved();
  await w.settle();
}

const labels = ({ message }: Pick<Sent, "message">): string[] =>
  message.blocks.flatMap((block) => (block.type === "actions" ? block.actions.map(({ label }) => label) : []));
const shown = async (name: Name, ref: string) => {
  const reply = await w.say(name, ref);
  if (!reply || !("post" in reply)) throw new Error(textOf(reply));
  return labels({ message: reply.post });
};

describe("a meeting that nobody started", () => {
  it("waits for who runs it until they say what became of it, and stands in a list of its own", async () => {
    await world({ Eleni: "fr" });
    await w.ask("Sofia", "meet Once 2026-11-24 10:00 60m with @police, @labour");
    await at("2026-12-28T10:00");
    expect(await w.ask("Sofia", "inbox")).toMatch(/M-1.*\n?.*Held or not\?/);
    expect(await w.ask("Maria", "inbox")).not.toContain("M-1");
    expect(await w.ask("Sofia", "meetings")).toMatch(/One meeting was not started. Was it held\?/);
    expect(await w.ask("Sofia", "meetings missed")).toContain("M-1");
    expect(await w.ask("Eleni", "meetings missed")).toContain("Tenues ou non");
    for (const view of ["coming", "past", "cancelled"])
      expect(await w.ask("Sofia", `meetings ${view}`), view).not.toContain("M-1 ");
    expect(await shown("Sofia", "M-1")).toEqual(["It was held", "Not held", "Move"]);
    expect(await shown("Maria", "M-1")).toEqual([]);
    w.sent.length = 0;
    const card = w.stands("Sofia", await w.say("Sofia", "M-1"));
    expect(textOf(await w.press("Sofia", card, "Not held"))).toContain("M-1 is closed: it was not held.");
    await w.settle();
    expect(w.inbox("Maria")).toEqual([]);
    expect(await w.ask("Sofia", "meetings missed")).not.toContain("M-1");
    expect(await w.ask("Sofia", "inbox")).not.toContain("M-1");
  });

  it("that was held gets its record afterwards, under the time at which it was", async () => {
    await world();
    await w.ask("Sofia", "meet Once 2026-11-24 10:00 60m with @police");
    await at("2026-11-26T10:00");
    w.sent.length = 0;
    const card = w.stands("Sofia", await w.say("Sofia", "M-1"));
    expect(textOf(await w.press("Sofia", card, "It was held"))).toContain("Running now");
    await w.settle();
    // Nobody is called into a meeting of two days ago.
    expect(w.inbox("Maria")).toEqual([]);
    await w.ask("Sofia", "present M-1 @Maria");
    expect(await w.ask("Sofia", "decide M-1 Joint checks")).toContain("D-1");
    expect(await w.ask("Sofia", "end M-1")).toContain("is over");
    const [row] = await occurrenceRows(w);
    expect(row).toMatchObject({ state: "ended", started_at: row?.starts_at, ended_at: row?.ends_at });
  });

  it("is moved with its people, who answer anew; and of a series each waits by itself", async () => {
    await world();
    await w.ask("Sofia", "meet Weekly every Tue 10:00 60m with @police");
    await at("2027-01-14T10:00");
    expect((await w.ask("Sofia", "inbox")).match(/Held or not\?/g)).toHaveLength(8);
    expect(await w.ask("Sofia", "meetings missed")).toContain("Held or not? (8)");
    expect(await w.ask("Sofia", "meet cancel M-1/8 this")).toContain("M-1/8 is closed");
    expect(await w.ask("Sofia", "meet move M-1/7 2027-01-20 11:00")).toContain("M-1/7");
    expect(await w.ask("Sofia", "meetings missed")).toContain("Held or not? (6)");
  });
});

describe("as a meeting begins", () => {
  const channel: ConversationRef = { platform: "slack", tenant: "slack-police", id: "C1", kind: "channel" };

  it("everybody asked has a fresh card with the agenda, how to join and [I am here]; older copies stay true", async () => {
    await world();
    await w.say("Maria", "bind @police", { conversation: channel });
    await w.ask("Sofia", "meet Joint 2026-11-24 10:00 60m with @police, @border, @labour link:https://meet.example/x");
    await w.ask("Sofia", "agenda add M-1 Trends");
    await w.ask("Jonas", "attend M-1 no");
    await w.settle();
    const before = w.card("Maria", "M-1");
    await at("2026-11-24T10:00");
    const jonas = w.inbox("Jonas").length;
    await w.ask("Sofia", "start M-1");
    await w.settle();
    const card = w.card("Maria", "M-1");
    expect(card.ref.id).not.toBe(before.ref.id);
    expect(w.last("Maria").ref.id).toBe(card.ref.id);
    expect(labels(card)).toEqual(["I am here", "Join (meet.example)"]);
    expect(words(card.message)).toContain("Trends");
    expect(labels(before)).toEqual(labels(card));
    expect(w.inbox("Jonas")).toHaveLength(jonas);
    const posted = w.sent.filter(({ place }) => place === channel.id).at(-1);
    if (!posted) throw new Error("nothing in the channel");
    expect(labels(posted)).toEqual(["Open", "I am here", "Join (meet.example)"]);
    expect(await w.press("Maria", card, "I am here")).toBeTruthy();
    await w.settle();
    expect([labels(before), labels(card)].flat()).not.toContain("I am here");
  });

  it("above a conversation's ceiling says no word and no link", async () => {
    await world();
    await w.say("Maria", "bind @police", { conversation: channel });
    await w.ask("Sofia", "meet Raid 2026-11-24 10:00 60m with @police link:https://meet.example/x tlp:AMBER");
    await at("2026-11-24T10:00");
    await w.ask("Sofia", "start M-1");
    await w.settle();
    const posted = w.sent.filter(({ place }) => place === channel.id).at(-1);
    if (!posted) throw new Error("nothing in the channel");
    expect(JSON.stringify(posted.message)).not.toMatch(/Raid|meet\.example/);
    expect(JSON.stringify(w.card("Maria", "M-1").message)).not.toMatch(/Raid|meet\.example/);
  });

  it("of a RED one who was named hears, and no deputy", async () => {
    await world();
    await w.ask("Maria", "meet Source 2026-11-24 10:00 60m with @Eleni tlp:RED");
    await w.ask("Eleni", 'away until:"2026-12-04 09:00" deputy:@Omar');
    await at("2026-11-24T10:00");
    w.sent.length = 0;
    await w.ask("Maria", "start M-1");
    await w.settle();
    expect(
      w
        .inbox("Eleni")
        .map(({ message }) => words(message))
        .join(),
    ).toContain("M-1");
    expect(w.inbox("Omar")).toEqual([]);
  });
});
