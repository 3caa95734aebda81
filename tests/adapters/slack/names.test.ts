import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkPerson } from "../../../src/cli/setup.js";
import { World as Core } from "../../world.js";
import { type World, world } from "./world.js";

/** The real adapter before the real core, and names, labels and values that are made to be marks of mentions. */
const MARK = "\uE0000\uE001";
let w: World;
let core: Core;

beforeEach(async () => {
  w = await world();
  core = await Core.create({ people: { Sofia: "desk coordinator staff" }, agencies: ["labour"] });
  w.answer = (inbound) => core.runtime.receive(inbound);
  for (const [name, who] of [
    ["Maria", w.maria],
    [`Omar ${MARK}`, w.omar],
  ] as const)
    await linkPerson(core.runtime, "labour", { name, account: [`slack:${w.team.id}:${who.id}`], role: ["staff"] });
}, 60_000);
afterEach(async () => {
  await w.stop();
  await core.close();
});

const titles = async () =>
  (await core.runtime.store.owner.selectFrom("tasks").select("title").execute()).map(({ title }) => title);

describe("a mark of a mention", () => {
  it("is made by no text, and names that hold one are mentioned like all others", async () => {
    await w.slack.command(w.maria, `task @labour Ask @omar ${MARK} and @maria`, w.slack.direct(w.maria));
    await w.adapter.idle();
    expect(await titles()).toEqual(["Ask Omar 0 0 and Maria"]);
    // As a row that was written before names were cleaned.
    await core.runtime.store.owner.updateTable("persons").set({ name: MARK }).where("name", "=", "Maria").execute();
    await w.slack.command(w.omar, "task @labour Ask @maria twice, @maria", w.slack.direct(w.omar));
    await w.adapter.idle();
    expect((await titles()).at(-1)).toBe("Ask 0 twice, 0");
  });

  it("in the label of a mention, in a name and in a button's value is no mark", async () => {
    const request = w.slack.request("slash_commands", {
      team_id: w.team.id,
      user_id: w.maria.id,
      user_name: MARK,
      channel_id: w.slack.direct(w.maria).id,
      channel_name: "directmessage",
      command: "/coord",
      text: `task @labour Ask <@${w.omar.id}|${MARK}> &amp;#xE000;`,
      trigger_id: "1.2.3",
    });
    expect((await w.slack.send(request)).status).toBe(200);
    await w.adapter.idle();
    expect(await titles()).toEqual(["Ask Omar 0 &#xE000;"]);
  });

  it("nothing comes of a delivery whose ids are none, and the next is answered", async () => {
    for (const user_id of ["U1\u0000", `U${MARK}`, "U1\n"]) {
      const request = w.slack.request("slash_commands", {
        team_id: w.team.id,
        user_id,
        channel_id: "C1",
        command: "/coord",
        text: "inbox",
        trigger_id: `x${user_id}`,
      });
      const { status } = await w.slack.send(request);
      expect(status).toBe(200);
    }
    const answer = await w.slack.command(w.maria, "inbox", w.slack.direct(w.maria));
    expect(JSON.stringify(answer.body)).toContain("Maria");
  });
});
