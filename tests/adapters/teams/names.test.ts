import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Inbound } from "../../../src/chat/index.js";
import { linkPerson } from "../../../src/cli/setup.js";
import { issueCode } from "../../../src/people/enrol.js";
import { findAgency } from "../../../src/people/store.js";
import { FakeTeams, type Person } from "../../fakes/teams.js";
import { World } from "../../world.js";
import { type Bot, startBot } from "./bot.js";
import { typed } from "./harness.js";

/** The real adapter before the real core, and people whose names are made to be something else. */
const MARK = "\uE0000\uE001";
const HOSTILE = `Omar ${MARK}\u202E<b>\nPolice`;

let fake: FakeTeams;
let bot: Bot;
let core: World;
let maria: Person;
let omar: Person;
let seen: Inbound[];

beforeEach(async () => {
  fake = await FakeTeams.start();
  const tenant = randomUUID();
  maria = fake.addPerson(tenant, "Maria");
  omar = fake.addPerson(tenant, HOSTILE);
  bot = await startBot(fake, [tenant]);
  core = await World.create({ people: { Sofia: "desk coordinator staff" }, agencies: ["labour"] });
  seen = [];
  await bot.adapter.start(async (inbound) => {
    seen.push(inbound);
    return core.runtime.receive(inbound);
  });
  await linkPerson(core.runtime, "labour", {
    name: "Maria",
    account: [`teams:${tenant}:${maria.user}`],
    role: ["staff", "focal_point"],
  });
  await fake.install(maria);
}, 300_000);
afterEach(async () => {
  await bot.close();
  await fake.stop();
  await core.close();
});

const tasks = () => core.runtime.store.owner.selectFrom("tasks").select(["title", "assignee_id"]).execute();

describe("a name that is made to be a mark", () => {
  it("is cleaned where somebody joins with it, and can be mentioned for ever after", async () => {
    const code = await core.work(async (work) => {
      const agency = await findAgency(work.tx, "labour");
      if (!agency) throw new Error("no agency");
      return (await issueCode(work, { agency, role: "staff" })).code;
    });
    await fake.deliver(typed(fake, `join ${code}`, omar, fake.personalOf(omar), []));
    const row = await core.runtime.store.owner
      .selectFrom("enrolments")
      .select(["id", "display_name"])
      .where("user_id", "=", omar.user)
      .executeTakeFirstOrThrow();
    expect(row.display_name).toBe("Omar 0<b> Police");
  });

  it("of somebody unknown, mentioned beside somebody known, takes nobody's place", async () => {
    const activity = typed(fake, "task @labour Ask @maria", maria, fake.personalOf(maria), [maria]);
    const stranger = { type: "mention", mentioned: { id: "29:unknown", name: MARK }, text: "<at>x</at>" };
    const text = `${String(activity.text)} and <at>x</at> &#xE000;0&#xE001; &#57344;0&#57345;`;
    const { status } = await fake.deliver({
      ...activity,
      text,
      entities: [...(activity.entities as object[]), stranger],
    });
    expect(status).toBe(200);
    expect(await tasks()).toEqual([{ title: "Ask Maria and 0 0 0", assignee_id: null }]);
  });

  it("as a tag that stands within a mark changes no mark", async () => {
    const activity = typed(fake, "task @labour Ask @maria 0", maria, fake.personalOf(maria), [maria]);
    const digit = { type: "mention", mentioned: { id: "29:digit", name: "9" }, text: "0" };
    await fake.deliver({ ...activity, entities: [...(activity.entities as object[]), digit] });
    expect(seen.at(-1)).toMatchObject({ mentions: [{ user: maria.user }] });
    expect(await tasks()).toEqual([{ title: "Ask Maria 0", assignee_id: null }]);
  });

  it.each<[string, object]>([
    ["a zone", { localTimezone: "Mars/Base" }],
    ["a language", { locale: "\u0000" }],
    ["a name", { from: "hostile" }],
  ])("%s that is none stops nothing", async (_, more) => {
    const activity = typed(fake, "inbox", maria, fake.personalOf(maria), []);
    const from = "from" in more ? { from: { ...(activity.from as object), name: HOSTILE } } : {};
    const before = fake.posts.length;
    expect((await fake.deliver({ ...activity, ...more, ...from })).status).toBe(200);
    expect(JSON.stringify(fake.posts.slice(before))).toContain("Maria");
  });
});
