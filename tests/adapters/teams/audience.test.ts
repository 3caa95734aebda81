import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judgeMember } from "../../../adapters/teams/audience.js";
import type { TeamsAdapter } from "../../../adapters/teams/index.js";
import { type ConversationRef, DeliveryError } from "../../../src/chat/index.js";
import { readCard } from "../../fakes/teams/eye.js";
import { type Conversation, FakeTeams, type Person } from "../../fakes/teams.js";
import { World } from "../../world.js";
import { enrol, joinAdapter } from "../joined.js";
import { type Bot, startBot } from "./bot.js";
import { typed } from "./harness.js";

/** The whole way: the real core behind the real adapter, the strict fake of the Bot Connector before it. */

const SECRET = "Arrest at Villa Rosa";

let w: World;
let fake: FakeTeams;
let bot: Bot;
let adapter: TeamsAdapter;
let tenant: string;
let eleni: Person;
let nils: Person;

beforeEach(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Otto: "labour focal_point staff" } });
  fake = await FakeTeams.start();
  tenant = randomUUID();
  eleni = fake.addPerson(tenant, "Eleni");
  nils = fake.addPerson(tenant, "Nils");
  bot = await startBot(fake, [tenant], {
    onAudienceChanged: (conversation) => w.runtime.audienceChanged(conversation),
  });
  adapter = bot.adapter;
  await enrol(w, eleni, "Eleni", "labour", ["focal_point", "staff"]);
  joinAdapter(w, "teams", adapter, [tenant]);
  await adapter.start((inbound) => w.runtime.receive(inbound));
  await fake.install(eleni);
  await moment();
});
afterEach(async () => {
  expect(fake.refusals).toEqual([]);
  await bot.close();
  await fake.stop();
  await w.close();
});

const moment = async () => {
  await w.settle();
  await w.pass({ minutes: 1 });
  await w.settle();
};
const say = (text: string, conversation: Conversation) =>
  fake.deliver(typed(fake, text, eleni, conversation, [eleni, nils]));
const bind = async (conversation: Conversation) => {
  await say("bind @labour", conversation);
  await moment();
};
const ask = async () => {
  await w.say("Maria", `task @labour ${SECRET} by Fri 17:00`);
  await moment();
};
const shown = (conversation: Conversation) =>
  fake
    .in(conversation)
    .flatMap(({ activity }) => [String(activity.summary), ...linesOf(activity)])
    .join("\n");
const linesOf = (activity: { [key: string]: unknown }) =>
  readCard((activity.attachments as { content: unknown }[])[0]?.content).lines;
const inbox = () => shown(fake.personalOf(eleni));
const rosters = () => fake.calls.filter(({ method }) => method === "GET").length;

describe("a channel of a Teams tenant", () => {
  it("shows words where its team alone reads it; a guest empties it, and gives it back by leaving", async () => {
    const guest = fake.addPerson(randomUUID(), "Guest", { guest: true });
    const general = fake.addConversation("channel", [eleni, nils]);
    await bind(general);
    await ask();
    expect(shown(general)).toContain(SECRET);
    await fake.join(guest, general, nils);
    await moment();
    expect(shown(general)).not.toContain(SECRET);
    expect(shown(general)).toContain("T-1");
    expect(shown(general)).toContain("Labour");
    expect(inbox()).toContain("Guests read it");
    await fake.leave(guest, general, nils);
    await moment();
    expect(shown(general)).toContain(SECRET);
    expect(inbox()).toContain("up to TLP:GREEN");
  });

  it("hears of a guest in its team, which is told in the general channel alone", async () => {
    const guest = fake.addPerson(randomUUID(), "Guest", { guest: true });
    const general = fake.addConversation("channel", [eleni, nils]);
    const channel = fake.addChannel(general, "standard", [eleni, nils]);
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain(SECRET);
    await fake.join(guest, general, nils);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
  });

  it("that is private is read by its own members, whoever else is in the team", async () => {
    const guest = fake.addPerson(randomUUID(), "Guest", { guest: true });
    const general = fake.addConversation("channel", [eleni, nils, guest]);
    const channel = fake.addChannel(general, "private", [eleni]);
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain(SECRET);
    channel.members.push(guest);
    await w.pass({ days: 1, hours: 1 }, 120);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
  });

  it("of the shared kind shows no words, whoever is in it now", async () => {
    const general = fake.addConversation("channel", [eleni, nils]);
    const channel = fake.addChannel(general, "shared");
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain("T-1");
    expect(shown(channel)).not.toContain(SECRET);
    expect(inbox()).toContain("shared channel");
    // The day's round finds the same, though the roster holds its own people alone.
    await w.pass({ days: 1, hours: 1 }, 120);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
  });

  it("with somebody of another tenant shows no words; so does a group chat", async () => {
    const stranger = fake.addPerson(randomUUID(), "Stranger");
    const chat = fake.addConversation("groupChat", [eleni, nils]);
    await bind(chat);
    await ask();
    expect(shown(chat)).toContain(SECRET);
    await fake.join(stranger, chat, nils);
    await moment();
    expect(shown(chat)).not.toContain(SECRET);
    expect(inbox()).toContain("People of another organisation read it");
  });

  it("of which the connector says too little shows no words", async () => {
    const silent = fake.addPerson(tenant, "Silent", { silent: true });
    const general = fake.addConversation("channel", [eleni, silent]);
    await bind(general);
    await ask();
    expect(shown(general)).toContain("T-1");
    expect(shown(general)).not.toContain(SECRET);
    expect(inbox()).toContain("does not say clearly who reads it");
  });

  it("from which Coord was taken out is unknown on the next round", async () => {
    const general = fake.addConversation("channel", [eleni, nils]);
    await bind(general);
    await ask();
    fake.remove(general);
    await w.pass({ days: 1, hours: 1 }, 120);
    await moment();
    expect(shown(general)).not.toContain(SECRET);
    expect(inbox()).toContain("Coord is not a member of it, or may not see it");
  });

  it("is lowered by hand and given back", async () => {
    const general = fake.addConversation("channel", [eleni, nils]);
    await bind(general);
    await ask();
    await say("channel tlp:clear", general);
    await moment();
    expect(shown(general)).not.toContain(SECRET);
    await say("channel tlp:green", general);
    await moment();
    expect(shown(general)).toContain(SECRET);
  });
});

describe("asking the Bot Connector", () => {
  const conversation = (conversation: Conversation, more: Partial<ConversationRef> = {}): ConversationRef => ({
    platform: "teams",
    tenant,
    id: conversation.id,
    kind: "channel",
    address: { serviceUrl: fake.serviceUrl },
    ...more,
  });

  it("reads a roster page by page, to the guest on the last one", async () => {
    const many = Array.from({ length: 1_100 }, (_, n) => fake.addPerson(tenant, `m${n}`));
    const general = fake.addConversation("channel", many);
    const before = rosters();
    expect(await adapter.audience?.(conversation(general))).toEqual({ readers: "members" });
    expect(rosters() - before).toBe(3);
    general.members.push(fake.addPerson(tenant, "Guest", { guest: true }));
    expect(await adapter.audience?.(conversation(general))).toEqual({ readers: "outsiders", because: "guests" });
  });

  it("asks its own roster first and then its team's", async () => {
    const general = fake.addConversation("channel", [eleni, fake.addPerson(tenant, "Guest", { guest: true })]);
    const channel = fake.addChannel(general, "standard", [eleni]);
    expect(await adapter.audience?.(conversation(channel))).toEqual({ readers: "members" });
    expect(await adapter.audience?.(conversation(channel, { group: general.id }))).toMatchObject({ because: "guests" });
  });

  it("tells what passes from what leaves it unknown", async () => {
    const general = fake.addConversation("channel", [eleni]);
    fake.failNext({ status: 429, headers: { "retry-after": "7" } });
    await expect(adapter.audience?.(conversation(general))).rejects.toMatchObject({
      outcome: { kind: "rate_limited", retryAfterMs: 7_000 },
    });
    for (const failure of [{ status: 502 }, { status: 412 }, "cut_connection"] as const) {
      fake.failNext(failure);
      const failed = await adapter.audience?.(conversation(general)).catch((error: unknown) => error);
      expect(failed instanceof DeliveryError && failed.outcome.kind).toBe("passing");
    }
    for (const failure of [{ status: 403, code: "BotNotInConversationRoster" }, { status: 404 }, { status: 400 }]) {
      fake.failNext(failure);
      expect(await adapter.audience?.(conversation(general))).toEqual({ readers: "unknown", because: "no_access" });
    }
    const elsewhere = conversation(general, { address: { serviceUrl: "https://example.org/" } });
    expect(await adapter.audience?.(elsewhere)).toEqual({ readers: "unknown", because: "no_access" });
  });

  it("takes a member of whom it says too little for nobody known", () => {
    const plain = { id: "29:1a", tenantId: "t-1", userRole: "user", userPrincipalName: "a@example.org" };
    const cases: [object | undefined, string][] = [
      [plain, "member"],
      [{ ...plain, tenantId: "T-1", userRole: "User" }, "member"],
      [{ ...plain, userRole: "guest" }, "guests"],
      [{ ...plain, userPrincipalName: "a_b.org#EXT#@x.onmicrosoft.com" }, "guests"],
      [{ ...plain, tenantId: "t-2" }, "other_tenant"],
      [{ ...plain, userRole: "anonymous" }, "unclear"],
      [{ ...plain, userRole: undefined }, "unclear"],
      [{ ...plain, tenantId: undefined }, "unclear"],
      [{ id: "28:bot" }, "member"],
      [{}, "unclear"],
      [undefined, "unclear"],
    ];
    for (const [member, standing] of cases) expect(judgeMember(member, "t-1"), JSON.stringify(member)).toBe(standing);
  });
});
