import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Audience, type ConversationRef, DeliveryError, type Reply } from "../../../src/chat/index.js";
import { placeLeft } from "../../../src/conversations/notifications.js";
import { notify } from "../../../src/delivery/outbox.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { taskComment } from "../../../src/tasks/notifications.js";
import { textOf, World, words } from "../../world.js";

const SECRET = "Arrest at Villa Rosa";
const GUESTS: Audience = { readers: "outsiders", because: "guests" };

let w: World;
let conversation: ConversationRef;
let said: Audience | Error;

beforeEach(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Lena: "labour focal_point staff",
      Luc: "labour focal_point staff",
      Lars: "labour staff",
      Iris: "iom focal_point",
    },
    lang: { Luc: "fr" },
  });
  said = { readers: "members" };
  w.audience = () => said;
  conversation = { platform: "slack", tenant: w.account("Lena").tenant, id: "C1", kind: "channel" };
});
afterEach(() => w.close());

const moment = async () => {
  await w.settle();
  await w.pass({ minutes: 1 });
  await w.settle();
};
const bind = async () => {
  const answer = textOf(await w.say("Lena", "bind @labour", { conversation }));
  await moment();
  return answer;
};
const ask = async () => {
  await w.say("Maria", `task @labour ${SECRET} by Fri 17:00`);
  await moment();
};
const card = () => {
  const found = w.sent.findLast((one) => one.place === "C1");
  if (!found) throw new Error("nothing in the channel");
  return { text: `${found.message.text}\n${words(found.message)}`, updates: found.updates };
};
const changed = async (external?: boolean) => {
  await w.runtime.audienceChanged({ ...conversation, ...(external ? { external } : {}) });
  await moment();
};
const channel = (name: string, rest = "") => w.say(name, `channel ${rest}`, { conversation });
const told = (name: string) => w.inbox(name).filter(({ message }) => /TLP:(CLEAR|GREEN)/.test(message.text));
const row = () => w.runtime.store.owner.selectFrom("places").selectAll().executeTakeFirstOrThrow();
const events = async () =>
  (
    await w.runtime.store.owner
      .selectFrom("events")
      .select(["action", "code"])
      .where("action", "like", "place.%")
      .orderBy("id")
      .execute()
  ).map(({ action, code }) => (code ? `${action} ${code}` : action));

describe("what a bound conversation may show", () => {
  it("is asked when it is bound, and silence means what was said then", async () => {
    expect(await bind()).toContain("Slack is asked now who reads it");
    expect(w.asked).toEqual(["C1"]);
    await ask();
    expect(card().text).toContain(SECRET);
    expect(told("Lena")).toEqual([]);
  });

  it("is CLEAR until the answer comes, and once it comes what was shown meanwhile is drawn anew", async () => {
    said = DeliveryError.passing("away");
    await bind();
    await w.say("Maria", `task @labour ${SECRET} by Fri 17:00`);
    await w.settle();
    expect(card().text).toContain("T-1");
    expect(card().text).not.toContain(SECRET);
    said = { readers: "members" };
    await w.pass({ hours: 1 });
    expect(card().text).toContain(SECRET);
  });

  it("falls and rises with its readers, and its focal points hear of each in their language, once", async () => {
    await bind();
    await ask();
    said = GUESTS;
    await changed();
    expect(card().text).toContain("T-1");
    expect(card().text).not.toContain(SECRET);
    await changed();
    const fr = messagesFor("fr").places.because({ reason: "guests", platform: "Slack" });
    expect(told("Lena").map(({ message }) => message.text)).toEqual([expect.stringContaining("Guests read it.")]);
    expect(told("Luc").map(({ message }) => message.text)).toEqual([expect.stringContaining(fr)]);
    expect(told("Lars")).toEqual([]);
    said = { readers: "members" };
    await changed();
    expect(card().text).toContain(SECRET);
    expect(told("Lena")).toHaveLength(2);
    expect(await events()).toEqual(["place.bound", "place.audience", "place.audience guests", "place.audience"]);
  });

  it("falls at once where a delivery shows outsiders, before anybody was asked", async () => {
    await bind();
    await ask();
    const asked = w.asked.length;
    said = DeliveryError.passing("away");
    await w.say("Lena", "who", { conversation: { ...conversation, external: true } });
    await w.settle();
    expect(w.asked.length).toBeLessThanOrEqual(asked + 1);
    expect(card().text).not.toContain(SECRET);
  });

  it("is CLEAR where the platform cannot be asked, does not say, or the right to ask is missing", async () => {
    await bind();
    await ask();
    const cases: [Audience, RegExp][] = [
      [{ readers: "unknown", because: "scope", scope: "users:read" }, /scope users:read/],
      [{ readers: "unknown", because: "no_access" }, /Nothing reaches .* Coord is not a member of it/],
      [{ readers: "unknown", because: "archived" }, /Nothing reaches .* it is archived/],
      [{ readers: "unknown", because: "unclear" }, /does not say clearly/],
      [{ readers: "unknown", because: "too_many" }, /too many readers/],
      [{ readers: "unknown", because: "unsupported" }, /cannot be asked/],
    ];
    for (const [audience, why] of cases) {
      said = audience;
      await changed();
      expect(card().text).not.toContain(SECRET);
      expect(textOf(await channel("Lena"))).toMatch(why);
      expect(textOf(await channel("Lena", "tlp:green"))).toMatch(/It cannot show more than TLP:CLEAR/);
    }
    said = new Error("a fault of the adapter");
    await changed();
    expect(card().text).not.toContain(SECRET);
  });

  it("that takes nothing any more is told once, with what to do, and its notices go to people meanwhile", async () => {
    await bind();
    const gone = DeliveryError.permanent("channel_gone", "is_archived");
    w.fail = ({ kind, ...delivery }) =>
      kind === "post" && "to" in delivery && "conversation" in delivery.to && delivery.to.conversation.id === "C1"
        ? gone
        : undefined;
    said = { readers: "unknown", because: "archived" };
    const lost = (name: string) =>
      w.inbox(name).filter(({ message }) => /Nothing reaches|Plus rien/.test(message.text));
    const agency = (await row()).agency_id ?? "";
    const taken = () => w.inbox("Lena").filter(({ message }) => /was taken out/.test(message.text)).length;
    await ask();
    await ask();
    expect(w.sent.filter((one) => one.place === "C1")).toEqual([]);
    expect(lost("Lena").map(({ message }) => message.text)).toEqual([
      expect.stringMatching(
        /it is archived\. Its notices come to the focal points meanwhile\. Unarchive it and type there/,
      ),
    ]);
    expect(lost("Luc")).toHaveLength(1);
    expect(lost("Lars")).toEqual([]);
    // Whatever else would stand there is theirs meanwhile.
    await w.work((work) =>
      notify(work, {
        notification: placeLeft,
        params: { agency, platform: "slack" },
        to: { conversation },
        dedupe: "once",
      }),
    );
    await moment();
    expect(taken()).toBe(1);
    // The card that stands beside the channel's they have once, as ever.
    expect(w.inbox("Lena").filter(({ message }) => message.text.includes("T-1"))).toHaveLength(1);
    await w.pass({ days: 2, hours: 2 }, 240);
    expect(lost("Lena")).toHaveLength(1);
    // It is opened again, and its platform says so.
    w.fail = undefined;
    said = { readers: "members" };
    await changed();
    await ask();
    expect(card().text).toContain("T-3");
    said = { readers: "unknown", because: "no_access" };
    await changed();
    expect(lost("Lena").at(-1)?.message.text).toMatch(/Coord is not a member of it.*Add Coord to it again/);
  });

  it("that Coord is taken out of is told to its focal points, in whose chats its notices stand from now on", async () => {
    await bind();
    await w.runtime.receive({ ...w.from("Maria", { conversation, key: randomUUID() }), type: "left", who: "bot" });
    await moment();
    expect(w.inbox("Lena").at(-1)?.message.text).toMatch(
      /Coord was taken out of the Slack conversation of Labour.*bind @labour/s,
    );
    expect(w.inbox("Luc").at(-1)?.message.text).toMatch(/Coord a été retiré/);
    await ask();
    expect(w.sent.filter((one) => one.place === "C1")).toEqual([]);
    expect(w.inbox("Lena").filter(({ message }) => message.text.includes("T-1"))).toHaveLength(1);
  });

  it("is asked again each day and no more, and an answer two days old counts no longer", async () => {
    await bind();
    await ask();
    await w.pass({ days: 3 }, 240);
    const daily = w.asked.length;
    expect(daily).toBeGreaterThanOrEqual(3);
    expect(daily).toBeLessThanOrEqual(5);
    expect(card().text).toContain(SECRET);
    said = DeliveryError.passing("away");
    await w.pass({ days: 1 }, 240);
    expect(card().text).toContain(SECRET);
    await w.pass({ days: 2 }, 240);
    expect(card().text).not.toContain(SECRET);
    expect(told("Lena").at(-1)?.message.text).toContain("has not said for two days");
  });

  it("is asked once however many come at once, and a rate limit holds up no message", async () => {
    await bind();
    const before = w.asked.length;
    for (let n = 0; n < 50; n++) await w.runtime.audienceChanged(conversation);
    await moment();
    expect(w.asked.length).toBe(before + 1);
    said = DeliveryError.rateLimited(600_000);
    await w.runtime.audienceChanged(conversation);
    await moment();
    const sent = w.sent.length;
    await ask();
    expect(w.sent.length).toBeGreaterThan(sent);
    expect(card().text).not.toContain(SECRET);
    expect((await row()).ask_attempts).toBe(0);
  });

  it("does not rely on an answer that a change overtook", async () => {
    await bind();
    await ask();
    let asked = 0;
    w.audience = () => (asked++ === 0 ? { readers: "members" } : GUESTS);
    const { adapters } = w.runtime;
    const slack = adapters.get("slack");
    const audience = slack?.audience;
    if (!slack || !audience) throw new Error("no adapter");
    // The guest comes in while the first answer, which does not know of them, is on its way.
    adapters.set("slack", {
      ...slack,
      async audience(of) {
        const answer = await audience(of);
        if (asked === 1) await w.runtime.audienceChanged(conversation);
        return answer;
      },
    });
    await w.runtime.audienceChanged(conversation);
    await moment();
    expect(asked).toBe(2);
    expect(card().text).not.toContain(SECRET);
  });

  it("is drawn for in every message that stands there, and one that was emptied is not filled again", async () => {
    await bind();
    await ask();
    await w.say("Maria", "say T-1 Through the garden gate");
    const comment = await w.runtime.store.owner
      .selectFrom("task_comments")
      .select(["id", "task_id"])
      .executeTakeFirstOrThrow();
    const params = { task: comment.task_id, comment: comment.id };
    await w.work((work) => notify(work, { notification: taskComment, params, to: { conversation } }));
    await moment();
    const all = () =>
      w.sent
        .filter((one) => one.place === "C1")
        .map(({ message }) => words(message))
        .join("\n");
    expect(all()).toContain("Through the garden gate");
    said = GUESTS;
    await changed();
    expect(all()).not.toContain("Through the garden gate");
    expect(all()).not.toContain(SECRET);
    said = { readers: "members" };
    await changed();
    expect(all()).not.toContain("Through the garden gate");
    expect(all()).toContain(SECRET);
  });

  it("draws nothing anew for a colleague who joins", async () => {
    await bind();
    await ask();
    const payloads = w.payloads.length;
    const rows = () => w.runtime.store.owner.selectFrom("outbox").select("id").execute();
    const before = (await rows()).length;
    await changed();
    expect(w.payloads.length).toBe(payloads);
    expect((await rows()).length).toBe(before);
  });

  it("is asked about by one process, though two have the job, and after a crash by the next", async () => {
    await bind();
    const before = w.asked.length;
    await w.runtime.audienceChanged(conversation);
    await w.pass({ minutes: 1 });
    expect(w.asked.length).toBe(before + 1);
    // A process took it and died: nobody asks while its lease holds, and then somebody does.
    const owner = w.runtime.store.owner.updateTable("places");
    await owner.set({ ask_at: w.clock.now(), ask_lease: new Date(Date.now() + 60_000) }).execute();
    await w.pass({ minutes: 30 });
    expect(w.asked.length).toBe(before + 1);
    await owner.set({ ask_lease: new Date(Date.now() - 1) }).execute();
    await w.pass({ minutes: 1 });
    expect(w.asked.length).toBe(before + 2);
  });
});

describe("lowering by hand", () => {
  const button = (reply: Reply, label: string) => {
    const post = reply && "post" in reply ? reply.post : undefined;
    const actions = post?.blocks.flatMap((block) => (block.type === "actions" ? block.actions : [])) ?? [];
    const found = actions.find((action) => action.label === label);
    if (found?.type !== "button") throw new Error(`no ${label} among ${actions.map((action) => action.label)}`);
    return found;
  };

  it("is done and taken back by buttons, from wherever they are pressed, and no guest need be there", async () => {
    await bind();
    await ask();
    const lower = button(await channel("Lena"), "Show only TLP:CLEAR");
    expect(textOf(await w.click("Lena", lower.id, lower.value ?? ""))).toContain("It was lowered by hand");
    await moment();
    expect(card().text).not.toContain(SECRET);
    // The day's answer does not undo it.
    await w.pass({ days: 1, hours: 1 }, 120);
    expect(card().text).not.toContain(SECRET);
    const raise = button(await channel("Luc"), "Afficher jusqu’à TLP:GREEN");
    await w.click("Luc", raise.id, raise.value ?? "");
    await moment();
    expect(card().text).toContain(SECRET);
    expect(await events()).toEqual(["place.bound", "place.audience", "place.lowered", "place.raised"]);
  });

  it("goes no higher than the platform says, nor above GREEN ever, in both languages", async () => {
    await bind();
    await ask();
    said = GUESTS;
    await changed();
    expect(textOf(await channel("Lena", "tlp:green"))).toBe(
      "It cannot show more than TLP:CLEAR. Guests read it. To have it asked anew, type: channel again",
    );
    expect(textOf(await channel("Luc", "tlp:green"))).toContain("Des invités la lisent.");
    expect(textOf(await channel("Lena", "tlp:amber"))).toContain("up to TLP:GREEN at most, and TLP:AMBER opens");
    expect(textOf(await channel("Luc", "tlp:red"))).toContain("TLP:RED s’ouvre dans une boîte de dialogue");
    await moment();
    expect(card().text).not.toContain(SECRET);
  });

  it("is for the focal points of its agency, in the conversation", async () => {
    await bind();
    const t = messagesFor("en").errors;
    expect(textOf(await channel("Lars", "tlp:clear"))).toContain("focal point");
    expect(textOf(await channel("Maria", "tlp:clear"))).toBe(t.notOwnAgency);
    expect(textOf(await w.say("Lena", "channel"))).toBe(t.onlyInChannel);
    expect(textOf(await w.say("Lena", "channel", { conversation: { ...conversation, id: "C2" } }))).toBe(t.notBound);
    const { id } = await row();
    // By its id nobody learns that it is there.
    expect(textOf(await w.click("Maria", "channel", `north/${id} tlp:clear`))).toBe(t.notBound);
    expect(textOf(await w.click("Maria", "channel", `north/${id.replace(/^./, "0")} tlp:clear`))).toBe(t.notBound);
    expect((await row()).lowered).toBe(false);
  });

  it("asks again on request, and says so", async () => {
    await bind();
    await ask();
    said = GUESTS;
    const before = w.asked.length;
    expect(textOf(await channel("Lena", "again"))).toContain("Slack is being asked again");
    await moment();
    expect(w.asked.length).toBe(before + 1);
    expect(card().text).not.toContain(SECRET);
    expect(told("Lena")).toHaveLength(1);
  });
});
