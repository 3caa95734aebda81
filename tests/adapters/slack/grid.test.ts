import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkPerson } from "../../../src/cli/setup.js";
import { sameOrganisation, tenantGone } from "../../../src/people/tenants.js";
import type { Team } from "../../fakes/slack.js";
import { World as Core } from "../../world.js";
import { type World, world } from "./world.js";

/**
 * The real adapter before the real core: an organisation of several workspaces (Enterprise Grid), another one beside it,
 * and people who are known by the account of one workspace alone.
 */
let w: World;
let core: Core;
let port: Team;
let border: Team;

beforeEach(async () => {
  core = await Core.create({ people: { Sofia: "desk coordinator staff" }, agencies: ["border", "labour"] });
  w = await world({
    oauth: true,
    onOrganisation: (team, enterprise) => sameOrganisation(core.runtime.store, "slack", team, enterprise),
    onUninstalled: (tenant) => tenantGone(core.runtime.store, "slack", tenant),
  });
  w.answer = (inbound) => core.runtime.receive(inbound);
  core.runtime.adapters.set("slack", w.adapter);
  [border, port] = ["Border", "Port"].map((name) => w.slack.team(name, { enterprise: "E1", installed: false })) as [
    Team,
    Team,
  ];
}, 60_000);
afterEach(async () => {
  await w.stop();
  await core.close();
});

const install = async (team: Team, how?: { org: boolean }): Promise<void> => {
  const first = await fetch(`${w.origin}/slack/install`, { redirect: "manual" });
  const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
  const to = w.slack.approve(first.headers.get("location") ?? "", team, how);
  expect((await fetch(`${w.origin}${to.pathname}${to.search}`, { headers: { cookie } })).status).toBe(200);
  await w.adapter.idle();
};
/** Linked as an operator imports people: by the account of one workspace. */
const known = async (agency: string, name: string, tenant: string, user: string) => {
  await linkPerson(core.runtime, agency, {
    name,
    account: [`slack:${tenant}:${user}`],
    role: ["staff", "focal_point"],
  });
};
const answerTo = async (...what: Parameters<World["slack"]["command"]>): Promise<string> => {
  const answer = await w.slack.command(...what);
  return JSON.stringify(answer.body ?? {});
};
/** The same person in another workspace of the organisation: Slack gives the same id. */
const elsewhere = (person: { id: string; name: string }, team: Team) => ({ ...person, team: team.id });

describe("an organisation of several workspaces", () => {
  it("a command from a sibling workspace finds who is known by another, whichever was installed first", async () => {
    await install(border);
    await install(port);
    const lena = w.slack.person(border, "lena");
    await known("border", "Lena", border.id, lena.id);
    expect(await answerTo(elsewhere(lena, port), "inbox", w.slack.direct(lena))).toContain("Lena");
    // Somebody else's id, and the same id in another organisation, are strangers.
    const ada = w.slack.person(port, "ada");
    expect(await answerTo(ada, "inbox", w.slack.direct(ada))).not.toContain("Lena");
    const other = w.slack.team("Other", { enterprise: "E2", installed: false });
    await install(other);
    expect(await answerTo(elsewhere(lena, other), "inbox", w.slack.direct(lena))).not.toContain("Lena");
    const alone = w.slack.team("Alone", { installed: false });
    await install(alone);
    expect(await answerTo(elsewhere(lena, alone), "inbox", w.slack.direct(lena))).not.toContain("Lena");
  });

  it("people imported before anyone wrote are reached, in every workspace that the whole organisation's installation serves", async () => {
    await install(border, { org: true });
    const lena = w.slack.person(port, "lena");
    await known("border", "Lena", port.id, lena.id);
    await core.settle();
    await w.adapter.idle();
    expect(w.slack.inbox(lena) && w.slack.read(w.slack.inbox(lena) as never)).toContain("Northern Body");
  });

  it("also where the workspace joined the organisation after the installation", async () => {
    await install(border, { org: true });
    const late = w.slack.team("Late", { enterprise: "E1", installed: false });
    const lena = w.slack.person(late, "lena");
    await known("border", "Lena", late.id, lena.id);
    await core.settle();
    expect(w.slack.inbox(lena)).toBeDefined();
    expect(w.slack.calls.filter(({ method }) => method === "auth.teams.list").length).toBeGreaterThan(0);
  });

  it("and those known by the organisation itself", async () => {
    await install(border, { org: true });
    const lena = w.slack.person(port, "lena");
    await known("border", "Lena", "E1", lena.id);
    await core.settle();
    expect(w.slack.inbox(lena)).toBeDefined();
    expect(await answerTo(lena, "inbox", w.slack.direct(lena))).toContain("Lena");
  });

  it("Slack is not asked again and again about a workspace that is nobody's", async () => {
    await install(border, { org: true });
    const before = w.slack.calls.filter(({ method }) => method === "auth.teams.list").length;
    for (let n = 0; n < 5; n++)
      await w.adapter
        .deliver({
          kind: "post",
          to: { person: { platform: "slack", tenant: "T0NOWHERE", user: "U1" } },
          message: { text: "x", lang: "en", blocks: [] },
        })
        .catch(() => undefined);
    const pages = 2;
    expect(w.slack.calls.filter(({ method }) => method === "auth.teams.list").length - before).toBeLessThanOrEqual(
      pages,
    );
  });

  it("a sibling's account is the same person's: it is neither added a second time nor taken for somebody new", async () => {
    await install(border);
    await install(port);
    const lena = w.slack.person(border, "lena");
    await known("border", "Lena", border.id, lena.id);
    await known("border", "Lena", port.id, lena.id);
    const rows = await core.runtime.store.owner.selectFrom("persons").select("id").where("name", "=", "Lena").execute();
    expect(rows).toHaveLength(1);
    await expect(known("labour", "Lena", port.id, lena.id)).rejects.toThrow();
  });

  it("that takes Coord out leaves nobody of its workspaces waiting for messages", async () => {
    await install(border, { org: true });
    const lena = w.slack.person(port, "lena");
    await known("border", "Lena", port.id, lena.id);
    await core.settle();
    await tenantGone(core.runtime.store, "slack", "E1");
    const [row] = await core.runtime.store.owner
      .selectFrom("accounts")
      .selectAll()
      .where("user_id", "=", lena.id)
      .execute();
    expect(row?.unreachable).toBe("bot_removed");
    // Speaking from any of them, they are there again.
    await answerTo(elsewhere(lena, border), "inbox", w.slack.direct(lena));
    const [now] = await core.runtime.store.owner
      .selectFrom("accounts")
      .selectAll()
      .where("user_id", "=", lena.id)
      .execute();
    expect(now?.unreachable).toBeNull();
  });
});

describe("a channel shared with another organisation", () => {
  it("a mention finds who is known by the other workspace", async () => {
    await install(w.team);
    await install(border);
    const lena = w.slack.person(border, "lena");
    await known("labour", "Maria", w.team.id, w.maria.id);
    await known("border", "Lena", border.id, lena.id);
    const place = w.slack.channel(w.team, "joint", [w.maria, lena], { shared: true });
    const before = await core.runtime.store.owner.selectFrom("tasks").select("id").execute();
    await w.slack.say(w.maria, `@${w.team.botUser} task @${lena.id} Count the boats`, place);
    await w.adapter.idle();
    const after = await core.runtime.store.owner.selectFrom("tasks").select(["id", "assignee_id"]).execute();
    expect(after.length).toBe(before.length + 1);
    const [{ person_id } = { person_id: "" }] = await core.runtime.store.owner
      .selectFrom("accounts")
      .select("person_id")
      .where("user_id", "=", lena.id)
      .execute();
    expect(after.at(-1)?.assignee_id).toBe(person_id);
  });

  it("in one's own channel an unknown id of this workspace is nobody, though another workspace has it", async () => {
    await install(w.team);
    await known("labour", "Maria", w.team.id, w.maria.id);
    await known("border", "Lena", "T0FOREIGN", w.omar.id);
    const place = w.slack.channel(w.team, "own", [w.maria, w.omar]);
    await w.slack.say(w.maria, `@${w.team.botUser} task @omar Count the boats`, place);
    await w.adapter.idle();
    expect(await core.runtime.store.owner.selectFrom("tasks").select("id").execute()).toEqual([]);
    expect(w.seen.at(-1)).toMatchObject({ type: "command", mentions: [{ tenant: w.team.id, user: w.omar.id }] });
  });
});

describe("a form that waits behind a button", () => {
  it("opens for whom it was made and for nobody else", async () => {
    await install(w.team);
    await known("labour", "Maria", w.team.id, w.maria.id);
    await known("labour", "Omar", w.team.id, w.omar.id);
    await w.slack.say(w.maria, "task", w.slack.direct(w.maria));
    await w.adapter.idle();
    const offer = w.slack.inbox(w.maria);
    if (!offer) throw new Error("no offer");
    const button = JSON.stringify(offer.blocks).match(/"value":"([\w-]+)"/)?.[1];
    expect(button).toBeDefined();
    // Omar presses a button with the very same value.
    await w.slack.press(w.omar, offer, "New task").catch(() => undefined);
    await w.adapter.idle();
    expect(w.slack.modalOf(w.omar)).toBeUndefined();
    await w.slack.press(w.maria, offer, "New task");
    await w.adapter.idle();
    expect(w.slack.modalOf(w.maria)).toBeDefined();
  });
});
