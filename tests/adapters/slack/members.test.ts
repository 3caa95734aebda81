import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Members } from "../../../adapters/slack/members.js";
import { adapterStore } from "../../../src/store/adapter-store.js";
import type { Channel, Person } from "../../fakes/slack.js";
import { World } from "../../world.js";
import { enrol, joinAdapter } from "../joined.js";
import { type World as Slack, world as slackWorld } from "./world.js";

/** What changes of people in Slack, through the real adapter into the real core. */

const SECRET = "Arrest at Villa Rosa";
let w: World;
let s: Slack;
let lena: Person;
let nils: Person;

beforeEach(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
  s = await slackWorld({
    store: adapterStore(w.runtime.store, w.runtime.vault, w.clock),
    now: () => w.clock.now(),
    onAudienceChanged: (conversation) => w.runtime.audienceChanged(conversation),
    onMemberChanged: (told) => w.runtime.memberChanged(told),
  });
  s.answer = (inbound) => w.runtime.receive(inbound);
  lena = s.slack.person(s.team, "lena");
  nils = s.slack.person(s.team, "nils");
  await enrol(w, { platform: "slack", tenant: s.team.id, user: lena.id }, "Lena", "labour", ["focal_point", "staff"]);
  joinAdapter(w, "slack", s.adapter, [s.team.id]);
});
afterEach(async () => {
  expect(s.slack.refusals).toEqual([]);
  await s.stop();
  await w.close();
});

const moment = async () => {
  for (let round = 0; round < 2; round++) {
    await s.adapter.idle();
    await w.settle();
    await w.pass({ minutes: 1 });
  }
  await s.slack.settle();
};
const shown = (channel: Channel) =>
  s.slack.messages
    .filter((one) => one.channel === channel.id && one.author === s.team.botUser && !one.onlyFor)
    .map((one) => s.slack.read(one))
    .join("\n");
const person = (user: string) =>
  w.runtime.store.owner
    .selectFrom("persons")
    .innerJoin("accounts", "accounts.person_id", "persons.id")
    .select(["persons.id", "persons.name", "persons.email", "persons.zone", "accounts.unreachable"])
    .where("accounts.user_id", "=", user)
    .executeTakeFirstOrThrow();

describe("somebody of a workspace", () => {
  it("who becomes a guest empties the channels at once, and fills them by becoming a member again", async () => {
    const channel = s.slack.channel(s.team, "labour", [lena, nils]);
    await s.slack.command(lena, "bind @labour", channel);
    await moment();
    await w.say("Maria", `task @labour ${SECRET} by Fri 17:00`);
    await moment();
    expect(shown(channel)).toContain(SECRET);
    const asked = () => s.slack.calls.filter(({ method }) => method === "conversations.info").length;
    const before = asked();
    for (const status of ["riding a train", "eating", "back"]) await s.slack.changeMember(nils, { status });
    await moment();
    expect(asked()).toBe(before);
    await s.slack.changeMember(nils, { guest: "multi" });
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
    expect(shown(channel)).toContain("T-1");
    const asMany = asked();
    for (const status of ["at sea", "on land"]) await s.slack.changeMember(nils, { status });
    await moment();
    expect(asked()).toBe(asMany);
    await s.slack.changeMember(nils, { guest: undefined });
    await moment();
    expect(shown(channel)).toContain(SECRET);
  });

  it("is called and dated as their platform says, unless somebody here wrote otherwise", async () => {
    const petros = s.slack.person(s.team, "petros");
    const account = { platform: "slack" as const, tenant: s.team.id, user: petros.id };
    // Added by a mention: their handle is all that was known.
    await enrol(w, account, "petros", "labour", ["staff"]);
    await s.slack.changeMember(petros, { realName: "Petros\u202E \uE0000\uE001\nAnagnos", zone: "Europe/Berlin" });
    expect(await person(petros.id)).toMatchObject({ name: "Petros 0 Anagnos", zone: "Europe/Berlin" });
    await s.slack.changeMember(petros, { realName: "\u202E", zone: "Mars/Base" });
    expect(await person(petros.id)).toMatchObject({ name: "Petros 0 Anagnos", zone: "Europe/Berlin" });
    await s.slack.changeMember(petros, { realName: "Petros Anagnos", zone: "Europe/Berlin" });
    expect((await person(petros.id)).name).toBe("Petros Anagnos");
    // Lena's name is the operator's.
    await s.slack.changeMember(lena, { realName: "Chief of Police" });
    await s.slack.changeMember(lena, { realName: "Minister" });
    expect((await person(lena.id)).name).toBe("Lena");
    // Her zone is hers from when she chooses one.
    await s.slack.changeMember(lena, { zone: "Europe/Paris" });
    expect((await person(lena.id)).zone).toBe("Europe/Paris");
    await s.slack.command(lena, "settings zone:Europe/Rome", s.slack.direct(lena));
    await s.slack.changeMember(lena, { zone: "Europe/Madrid" });
    expect((await person(lena.id)).zone).toBe("Europe/Rome");
    // An address comes only with a scope that Coord does not ask for.
    await s.slack.changeMember(lena, { email: "lena@labour.example" });
    expect((await person(lena.id)).email).toBeNull();
    s.team.scopes.add("users:read.email");
    for (const [email, is] of [
      ["lena@labour.example", "lena@labour.example"],
      ["lena at labour", "lena@labour.example"],
    ] as const) {
      await s.slack.changeMember(lena, { email });
      expect((await person(lena.id)).email).toBe(is);
    }
    const events = await w.runtime.store.owner
      .selectFrom("events")
      .select("detail")
      .where("action", "=", "people.told")
      .execute();
    expect(events.length).toBeGreaterThan(3);
    expect(JSON.stringify(events)).not.toMatch(/Anagnos|labour\.example|Berlin/);
  });

  it("who is deactivated is written to elsewhere, and here again once they are back", async () => {
    const mail = await w.runtime.store.owner
      .selectFrom("accounts")
      .select("person_id")
      .where("user_id", "=", lena.id)
      .executeTakeFirstOrThrow();
    const teams = { platform: "teams" as const, tenant: "elsewhere", user_id: "lena2", ...mail, unreachable: null };
    await w.runtime.store.owner.insertInto("accounts").values(teams).execute();
    await s.slack.changeMember(lena, { disabled: true });
    expect((await person(lena.id)).unreachable).toBe("account_gone");
    w.sent.length = 0;
    await w.say("Maria", "task @labour Count the boats");
    await w.settle();
    const hers = w.sent.filter(({ ref }) => ref.conversation.tenant === "elsewhere");
    expect(hers.length).toBeGreaterThan(0);
    await s.slack.changeMember(lena, { disabled: false });
    expect((await person(lena.id)).unreachable).toBeNull();
  });

  it("costs nothing while nothing of it matters, and little where Coord knows nobody", async () => {
    const asked = vi.spyOn(w.runtime.store, "outside");
    await s.slack.changeMember(nils, { status: "one" });
    expect(asked.mock.calls.length).toBeLessThanOrEqual(3);
    const before = asked.mock.calls.length;
    for (const status of ["two", "three", "four"]) await s.slack.changeMember(nils, { status });
    expect(asked.mock.calls.length).toBe(before);
    asked.mockRestore();
  });
});

describe("what Slack tells of a member", () => {
  const body = (user: object) => ({ type: "event_callback", event: { type: "user_change", user } });
  const plain = { id: "U1", name: "ann", deleted: false, is_restricted: false, tz: "Europe/Athens" };

  it("is new until it was followed, so that a full house hears it again", () => {
    const members = new Members();
    const told = members.changed(body(plain), "T1");
    expect(told).toMatchObject({ account: { tenant: "T1", user: "U1" }, gone: false, outside: false });
    expect(members.changed(body(plain), "T1")).toEqual(told);
    if (told) members.keep(told);
    expect(members.changed(body(plain), "T1")).toBeUndefined();
    expect(members.changed(body({ ...plain, profile: { status_text: "x" } }), "T1")).toBeUndefined();
    expect(members.changed(body({ ...plain, tz: "Europe/Rome" }), "T1")).toMatchObject({ zone: "Europe/Rome" });
  });

  it("names the workspaces whose channels have other readers by it", () => {
    const members = new Members();
    const guest = { ...plain, is_restricted: true, enterprise_user: { teams: ["T1", "T2"] } };
    const told = members.changed(body(guest), "T1");
    expect(told?.readersIn).toEqual(["T1", "T2"]);
    if (told) members.keep(told);
    expect(members.changed(body({ ...guest, deleted: true }), "T1")?.readersIn).toBeUndefined();
    expect(members.changed(body({ ...guest, is_restricted: false }), "T1")?.readersIn).toEqual(["T1", "T2"]);
    for (const flag of ["is_ultra_restricted", "is_stranger"])
      expect(new Members().changed(body({ ...plain, [flag]: true }), "T1")?.readersIn).toEqual(["T1"]);
  });

  it.each([
    undefined,
    {},
    body({}),
    body({ ...plain, is_bot: true }),
    { type: "event_callback", event: { type: "user_change", user: "U1" } },
    { type: "event_callback", event: { type: "message", user: plain } },
  ])("is nothing where nobody is told of: %j", (one) => {
    expect(new Members().changed(one, "T1")).toBeUndefined();
    expect(new Members().changed(body(plain), undefined)).toBeUndefined();
  });
});
