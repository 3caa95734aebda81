import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Form, Inbound } from "../../../src/chat/index.js";
import { formOf, textOf, World } from "../../world.js";

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: { Pia: "police focal_point staff", Omar: "labour focal_point staff", Sofia: "desk coordinator staff" },
  });
}, 300_000);
afterAll(() => w.close());

const tasks = () => w.runtime.store.owner.selectFrom("tasks").selectAll().orderBy("number").execute();
const reopen = (who: string, form: Form) => w.click(who, "form.open", `${form.id} ${form.state}`);

describe("a form", () => {
  it("opens for whom it was made, with what they typed, and for nobody else", async () => {
    const form = formOf(await w.say("Pia", "task @labour"));
    expect(formOf(await reopen("Pia", form)).fields[0]).toMatchObject({ value: { label: "Labour (@labour)" } });
    const said = await reopen("Omar", form);
    expect(said && "form" in said).toBe(false);
    expect(textOf(said)).toMatch(/form/i);
  });

  it("is sent by whom it was made for alone", async () => {
    const form = formOf(await w.say("Pia", "task"));
    const sent = await w.submit("Omar", form, { to: "@labour", title: "Look" });
    expect(sent).toMatchObject({ errors: { "": expect.stringMatching(/form/i) } });
    expect(await tasks()).toEqual([]);
  });

  it("offers nothing to somebody else who types in it", async () => {
    const { state } = formOf(await w.say("Pia", "task"));
    const typing = (who: string): Inbound => ({ ...w.from(who), type: "suggest", source: "party", query: "", state });
    expect(await w.runtime.receive(typing("Omar"))).toEqual({ options: [] });
    expect(textOf(await w.runtime.receive(typing("Pia")))).toContain("Labour");
  });

  it("made of a message says where it came from, whatever its client brings back", async () => {
    const conversation = { platform: "slack" as const, tenant: "slack-police", id: "C1", kind: "channel" as const };
    const message = { ref: { conversation, id: "17.1" }, text: "Look at the quay", fromCoord: false };
    const form = formOf(
      await w.runtime.receive({ ...w.from("Pia"), type: "shortcut", id: "task.from_message", message }),
    );
    expect(form.state).not.toContain("C1");
    const meeting = { kind: "meeting", id: "00000000-0000-4000-8000-000000000000" };
    const forged = { ...form, state: JSON.stringify({ ...JSON.parse(form.state), source: meeting }) };
    expect(await w.submit("Pia", forged, { to: "@labour", title: "Look" })).toMatchObject({ errors: {} });
    expect(await tasks()).toEqual([]);
    await w.submit("Pia", form, { to: "@labour", title: "Look" });
    expect(await tasks()).toMatchObject([{ source_kind: "message", source_id: "slack C1 17.1" }]);
  });

  it("keeps to its person in a state that another body's or another person's draft stands in", async () => {
    const own = formOf(await w.say("Omar", "task"));
    const theirs = formOf(await w.say("Pia", "task detail:Secret"));
    const draft = JSON.parse(theirs.state).draft;
    expect(draft).toBeDefined();
    const mixed = { ...own, state: JSON.stringify({ ...JSON.parse(own.state), draft }) };
    expect(JSON.stringify(await reopen("Omar", mixed))).not.toContain("Secret");
  });
});
