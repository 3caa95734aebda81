import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judgeChannel, judgeMember } from "../../../adapters/slack/audience.js";
import { slackCheck } from "../../../adapters/slack/check.js";
import { BOT_SCOPES } from "../../../adapters/slack/scopes.js";
import { DeliveryError } from "../../../src/chat/index.js";
import { doctor } from "../../../src/cli/doctor.js";
import { readConfig } from "../../../src/runtime/config.js";
import { adapterStore } from "../../../src/store/adapter-store.js";
import type { Channel, Person } from "../../fakes/slack.js";
import { World } from "../../world.js";
import { enrol, joinAdapter } from "../joined.js";
import { type World as Slack, world as slackWorld } from "./world.js";

/** The whole way: the real core behind the real adapter, Slack's strict fake before it. */

const SECRET = "Arrest at Villa Rosa";

let w: World;
let s: Slack;
let lena: Person;
let nils: Person;

beforeEach(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
  const store = adapterStore(w.runtime.store, w.runtime.vault, w.clock);
  s = await slackWorld({
    store,
    now: () => w.clock.now(),
    onAudienceChanged: (conversation) => w.runtime.audienceChanged(conversation),
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

/** Everything under way is finished, on both sides. */
const rest = async () => {
  for (let round = 0; round < 3; round++) {
    await s.adapter.idle();
    await w.settle();
  }
  await s.slack.settle();
};
/** So long that a conversation may be asked about again, and the day's round is not due yet. */
const moment = async () => {
  await rest();
  await w.pass({ minutes: 1 });
  await rest();
};
const bind = async (channel: Channel) => {
  await s.slack.command(lena, "bind @labour", channel);
  await moment();
};
const ask = async () => {
  await w.say("Maria", `task @labour ${SECRET} by Fri 17:00`);
  await moment();
};
const shown = (channel: Channel) =>
  s.slack.messages
    .filter((one) => one.channel === channel.id && one.author === s.team.botUser && !one.onlyFor)
    .map((one) => s.slack.read(one))
    .join("\n");
const asked = (method: string) => s.slack.calls.filter((call) => call.method === method).length;
const inbox = () =>
  s.slack.messages
    .filter((one) => one.channel === s.slack.direct(lena).id && one.author === s.team.botUser)
    .map((one) => s.slack.read(one))
    .join("\n");

describe("a channel of a Slack workspace", () => {
  it("shows words where its own people alone read it, and empties them when it is shared", async () => {
    const other = s.slack.team("Newspaper", { installed: false });
    const channel = s.slack.channel(s.team, "labour", [lena, nils]);
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain(SECRET);
    expect(inbox()).not.toContain("TLP:CLEAR");

    await s.slack.share(channel, other);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
    expect(shown(channel)).toContain("T-1");
    expect(shown(channel)).toContain("Labour");
    expect(inbox()).toContain("It is shared with another organisation");

    await s.slack.unshare(channel, other);
    await moment();
    expect(shown(channel)).toContain(SECRET);
    expect(inbox()).toContain("up to TLP:GREEN");
  });

  it("is emptied when a guest joins, and filled again when the guest leaves", async () => {
    const guest = s.slack.person(s.team, "guest", "single");
    const channel = s.slack.channel(s.team, "labour", [lena]);
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain(SECRET);
    await s.slack.join(guest, channel, lena);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
    expect(inbox()).toContain("Guests read it");
    await s.slack.leave(guest, channel);
    await moment();
    expect(shown(channel)).toContain(SECRET);
  });

  it("shows nothing new between a change and the answer about it", async () => {
    const channel = s.slack.channel(s.team, "labour", [lena]);
    await bind(channel);
    const guest = s.slack.person(s.team, "guest", "multi");
    await s.slack.join(guest, channel, lena);
    // Slack is away: the card that goes out meanwhile is drawn for whoever may read along.
    for (let n = 0; n < 3; n++) s.slack.failNext("server_error", "conversations.info");
    await w.say("Maria", `task @labour ${SECRET} by Fri 17:00`);
    await rest();
    expect(shown(channel)).toContain("T-1");
    expect(shown(channel)).not.toContain(SECRET);
  });

  it.each([
    ["shared from the start", { shared: true }],
    ["with an invitation that is out", { pending: ["T0OTHER"] }],
  ])("%s shows no words", async (_, state) => {
    const channel = s.slack.channel(s.team, "labour", [lena]);
    Object.assign(channel, state);
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain("T-1");
    expect(shown(channel)).not.toContain(SECRET);
  });

  it("that is archived takes nothing: its focal point hears so once, and again when it is open", async () => {
    const channel = s.slack.channel(s.team, "labour", [lena]);
    await bind(channel);
    channel.archived = true;
    await s.slack.event(s.team, { type: "channel_archive", channel: channel.id, user: lena.id, event_ts: "1.2" });
    await moment();
    expect(inbox().match(/Nothing reaches the Slack conversation of Labour any more: it is archived/g)).toHaveLength(1);
    await ask();
    expect(shown(channel)).not.toContain("T-1");
    expect(inbox()).toContain("T-1");
    channel.archived = false;
    await s.slack.event(s.team, { type: "channel_unarchive", channel: channel.id, user: lena.id, event_ts: "1.3" });
    await moment();
    expect(inbox()).toContain("up to TLP:GREEN");
    await ask();
    expect(shown(channel)).toContain("T-2");
  });

  it("that Coord was taken out of is told, whether Slack says so at once or the next message finds it", async () => {
    for (const told of [true, false]) {
      const channel = s.slack.channel(s.team, `labour-${told}`, [lena]);
      await bind(channel);
      const before = inbox().match(/Coord is not a member of it/g)?.length ?? 0;
      channel.members.delete(s.team.botUser);
      const left = { type: "member_left_channel", user: s.team.botUser, channel: channel.id, channel_type: "C" };
      if (told) await s.slack.event(s.team, { ...left, team: s.team.id, event_ts: "1.2" });
      else await ask();
      await moment();
      expect(inbox().match(/Coord is not a member of it/g)).toHaveLength(before + 1);
    }
  });

  it("is private, or a conversation of several: asked with the scope that is theirs", async () => {
    for (const channel of [
      s.slack.channel(s.team, "secret", [lena, nils], { hidden: true }),
      s.slack.groupChat(s.team, [lena, nils]),
    ]) {
      await bind(channel);
      await ask();
      expect(shown(channel), channel.kind).toContain(SECRET);
    }
    const guest = s.slack.person(s.team, "guest", "single");
    const withGuest = s.slack.groupChat(s.team, [lena, guest]);
    await bind(withGuest);
    await ask();
    expect(shown(withGuest)).toContain("T-3");
    expect(shown(withGuest)).not.toContain(SECRET);
  });

  it("is asked about daily: a member who became a guest is found though Slack told nobody", async () => {
    const channel = s.slack.channel(s.team, "labour", [lena, nils]);
    await bind(channel);
    await ask();
    const before = asked("conversations.info");
    nils.guest = "multi";
    await moment();
    expect(shown(channel)).toContain(SECRET);
    await w.pass({ days: 1, hours: 1 }, 120);
    await rest();
    expect(asked("conversations.info")).toBe(before + 1);
    expect(shown(channel)).not.toContain(SECRET);
  });

  it.each(["channels:read", "users:read"])("shows no words without the scope %s, and doctor says so", async (scope) => {
    s.team.scopes.delete(scope);
    const channel = s.slack.channel(s.team, "labour", [lena]);
    await bind(channel);
    await ask();
    expect(shown(channel)).toContain("T-1");
    expect(shown(channel)).not.toContain(SECRET);
    expect(inbox()).toContain(scope);

    const check = { name: "slack", run: slackCheck({ botToken: s.team.token, apiUrl: s.slack.apiUrl }) };
    const parts = { runtime: w.runtime, config: readConfig({ COORD_DEMO: "1" }), checks: [check], applied: [] };
    const { text, ok } = await doctor(parts);
    expect(ok).toBe(false);
    expect(text).toMatch(new RegExp(`FIX {2}channels .*@labour: Slack lacks the scope ${scope}`));
    expect(text).toMatch(new RegExp(`FIX {2}slack .*without ${scope}`));

    // The app is installed anew with what was missing, and whoever answers for the channel asks again.
    s.team.scopes.add(scope);
    await s.slack.command(lena, "channel again", channel);
    await moment();
    expect(shown(channel)).toContain(SECRET);
    expect((await doctor(parts)).text).toMatch(/ok {3}channels .*1 bound\n/);
  });

  it("is lowered by hand and given back, and not raised above what Slack says", async () => {
    const channel = s.slack.channel(s.team, "labour", [lena]);
    await bind(channel);
    await ask();
    await s.slack.command(lena, "channel tlp:clear", channel);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
    await s.slack.command(lena, "channel tlp:green", channel);
    await moment();
    expect(shown(channel)).toContain(SECRET);
    channel.shared = true;
    await s.slack.command(lena, "channel again", channel);
    await moment();
    await s.slack.command(lena, "channel tlp:green", channel);
    await moment();
    expect(shown(channel)).not.toContain(SECRET);
    const told = s.slack.messages.filter((one) => one.onlyFor === lena.id).map((one) => s.slack.read(one));
    expect(told.at(-1)).toContain("It cannot show more than TLP:CLEAR. It is shared with another organisation");
  });

  it("is known as shared by what comes from there, whoever it comes from", async () => {
    const other = s.slack.team("Newspaper", { installed: false });
    const reporter = s.slack.person(other, "reporter");
    const channel = s.slack.channel(s.team, "labour", [lena]);
    await bind(channel);
    await ask();
    // The event that tells of it was lost; a stranger speaks.
    Object.assign(channel, { shared: true });
    channel.members.add(reporter.id);
    await s.slack.say(reporter, "hello", channel);
    await rest();
    expect(shown(channel)).not.toContain(SECRET);
  });

  it("of one enterprise is shown words only where the body knows people of the other workspaces", async () => {
    const channel = s.slack.channel(s.team, "labour", [lena]);
    const sibling = s.slack.team("Sibling", { enterprise: "E0GOV", installed: false });
    s.team.enterprise = "E0GOV";
    channel.workspaces = [sibling.id];
    await bind(channel);
    await ask();
    expect(shown(channel)).not.toContain(SECRET);
    expect(inbox()).toContain("It is read from workspaces in which this body knows nobody");
    const petra = s.slack.person(sibling, "petra");
    await enrol(w, { platform: "slack", tenant: sibling.id, user: petra.id }, "Petra", "labour", ["staff"]);
    await s.slack.join(petra, channel, lena);
    await moment();
    expect(shown(channel)).toContain(SECRET);
  });
});

describe("asking Slack", () => {
  const audience = (channel: Channel) =>
    s.adapter.audience?.({ platform: "slack", tenant: s.team.id, id: channel.id, kind: "channel" });

  it("goes through all members, page by page, and goes on where a rate limit stopped it", async () => {
    const many = Array.from({ length: 450 }, (_, n) => s.slack.person(s.team, `m${n}`));
    const channel = s.slack.channel(s.team, "labour", many);
    for (let n = 0; n < 40; n++) await s.slack.settle(0);
    s.slack.failNext("rate_limited", "users.info");
    await expect(audience(channel)).rejects.toMatchObject({ outcome: { kind: "rate_limited", retryAfterMs: 7_000 } });
    expect(await audience(channel)).toEqual({ readers: "members" });
    expect(asked("conversations.members")).toBe(6);
    // Each member once, the one that was refused twice, and Coord itself.
    expect(asked("users.info")).toBe(452);
    const last = many.at(-1);
    if (last) last.guest = "multi";
    // An hour later nothing that was told counts any more.
    w.clock.moveTo(new Date(w.clock.now().getTime() + 61 * 60_000));
    expect(await audience(channel)).toEqual({ readers: "outsiders", because: "guests" });
  });

  it("does not go through more than a thousand", async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => s.slack.person(s.team, `m${n}`));
    expect(await audience(s.slack.channel(s.team, "all", many))).toEqual({ readers: "unknown", because: "too_many" });
    expect(asked("users.info")).toBe(0);
  });

  it.each([
    ["channel_not_found", { readers: "unknown", because: "no_access" }],
    ["not_in_channel", { readers: "unknown", because: "no_access" }],
    ["token_revoked", { readers: "unknown", because: "no_access" }],
    ["method_not_supported_for_channel_type", { readers: "unknown", because: "no_access" }],
  ])("%s leaves it unknown", async (error, expected) => {
    s.slack.failNext({ error }, "conversations.info");
    expect(await audience(s.slack.channel(s.team, "labour", [lena]))).toEqual(expected);
  });

  it("asks again after what passes", async () => {
    for (const how of ["server_error", "no_answer", { error: "internal_error" }] as const) {
      s.slack.failNext(how, "conversations.members");
      const failed = await audience(s.slack.channel(s.team, "labour", [lena]))?.catch((error: unknown) => error);
      expect(failed instanceof DeliveryError && failed.outcome.kind).toBe("passing");
    }
  });

  it("takes what Slack does not say plainly for unknown", () => {
    const plain = {
      id: "C1",
      is_member: true,
      is_shared: false,
      is_ext_shared: false,
      is_org_shared: false,
      shared_team_ids: ["T1"],
    };
    expect(judgeChannel(plain, "T1")).toEqual({ readers: "members" });
    const cases: [object | undefined, string][] = [
      [undefined, "unclear"],
      [{}, "unclear"],
      [{ id: "C1" }, "unclear"],
      [{ ...plain, is_archived: true }, "archived"],
      [{ ...plain, is_archived: true, is_ext_shared: true }, "archived"],
      [{ ...plain, is_member: false }, "no_access"],
      [{ ...plain, is_ext_shared: undefined }, "unclear"],
      [{ ...plain, is_ext_shared: "false" }, "unclear"],
      [{ ...plain, is_shared: undefined }, "unclear"],
      [{ ...plain, is_ext_shared: true }, "shared"],
      [{ ...plain, is_shared: true }, "shared"],
      [{ ...plain, shared_team_ids: ["T1", "T2"] }, "shared"],
      [{ ...plain, connected_team_ids: ["T2"] }, "shared"],
      [{ ...plain, is_pending_ext_shared: true }, "invited"],
      [{ ...plain, pending_shared: ["T2"] }, "invited"],
      [{ ...plain, pending_connected_team_ids: ["T2"] }, "invited"],
      [{ ...plain, is_shared: true, is_org_shared: true }, "unclear"],
    ];
    for (const [channel, because] of cases)
      expect(judgeChannel(channel, "T1"), JSON.stringify(channel)).toMatchObject({ because });
    const grid = { ...plain, is_shared: true, is_org_shared: true, shared_team_ids: ["T1", "E1", "T2"] };
    expect(judgeChannel(grid, "T1")).toEqual({ readers: "members", tenants: ["T2"] });
  });

  it("takes a member of whom Slack says too little for nobody known", () => {
    const inside = new Set(["T1"]);
    const plain = { id: "U1", team_id: "T1", is_restricted: false, is_ultra_restricted: false, is_bot: false };
    const cases: [object | undefined, string, string?][] = [
      [plain, "member"],
      [{ ...plain, is_restricted: true }, "guests"],
      [{ ...plain, is_ultra_restricted: true }, "guests"],
      [{ ...plain, is_bot: true, is_restricted: true }, "guests"],
      [{ ...plain, is_stranger: true }, "other_tenant"],
      [{ ...plain, is_bot: true, team_id: "T2" }, "other_tenant"],
      [{ ...plain, team_id: "T2" }, "other_tenant"],
      [{ ...plain, team_id: "T2", enterprise_user: { enterprise_id: "E1", teams: ["T2", "T1"] } }, "member"],
      [{ ...plain, team_id: "E1", enterprise_user: { enterprise_id: "E1" } }, "member", "E1"],
      [{ ...plain, team_id: "E1", enterprise_user: { enterprise_id: "E1" } }, "other_tenant", "E2"],
      [{ ...plain, team_id: undefined }, "unclear"],
      [{ ...plain, is_restricted: undefined }, "unclear"],
      [{ ...plain, is_ultra_restricted: null }, "unclear"],
      [{ ...plain, deleted: true, is_restricted: undefined }, "member"],
      [{}, "unclear"],
      [undefined, "unclear"],
    ];
    for (const [user, standing, enterprise] of cases)
      expect(judgeMember(user, inside, enterprise), JSON.stringify(user)).toBe(standing);
  });

  it("asks for the scopes that this takes, and no right to manage anything", () => {
    for (const scope of ["channels:read", "groups:read", "mpim:read", "users:read"])
      expect(BOT_SCOPES).toContain(scope);
    expect(BOT_SCOPES.filter((scope) => /manage|connect|admin|email/.test(scope))).toEqual([]);
  });
});
