import { beforeAll, describe, expect, it } from "vitest";
import { formOf, textOf, World } from "../../world.js";

/** A colon or a dash that people put behind the words of a command, or between them. */

let w: World;
beforeAll(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
  await w.ask("Maria", "task @labour Inspect the boats by friday");
});

describe("behind the words of a command", () => {
  it.each([
    ["read: T-1", "read T-1"],
    ["read : T-1", "read T-1"],
    ["read - T-1", "read T-1"],
    ["read – T-1", "read T-1"],
    ["read:T-1", "read T-1"],
    ["lire : T-1", "read T-1"],
    ["T-1: lire", "read T-1"],
    ["request read: R-9", "request read R-9"],
    ["request: read R-9", "request read R-9"],
    ["request : read : R-9", "request read R-9"],
    ["request read:R-9", "request read R-9"],
    ["request text: R-9", "request text R-9"],
    ["demande lire R-9", "request read R-9"],
    ["demande\u00a0: lire R-9", "request read R-9"],
    ["demande texte: R-9", "request text R-9"],
    ["envoyer R-9", "request send R-9"],
    ["agenda add: M-1 Boats", "agenda add M-1 Boats"],
    ["agenda: add M-1 Boats", "agenda add M-1 Boats"],
    ["meet - cancel - M-1", "meet cancel M-1"],
    ["tasks: late", "tasks late"],
    ["requests : turn", "requests turn"],
    ["find: mla norland", "find mla norland"],
    ["meetings – all", "meetings all"],
  ])("%s is %s", async (typed, plain) => {
    expect(shown(await w.say("Maria", typed))).toEqual(shown(await w.say("Maria", plain)));
  });

  it.each([
    ["task: done with the boats @labour friday", "done with the boats"],
    ["task - Look at the wharf @labour friday", "Look at the wharf"],
    ["task : read the manifest @labour friday", "read the manifest"],
    ["tache : voir le quai @labour vendredi", "voir le quai"],
    ["meet: cancel the old patrol plan @labour monday 10:00", "cancel the old patrol plan"],
    ["task: at 10:00 call the harbour @labour friday", "call the harbour"],
  ])("%s is to be called so", async (typed, title) => {
    const reply = await w.say("Maria", typed);
    expect(JSON.stringify(formOf(reply).fields)).toContain(title);
    expect(formOf(reply).title).toMatch(/New (task|meeting)/);
  });
});

describe("thanks behind what was said", () => {
  it.each([
    ["read T-1 please", "read T-1"],
    ["read T-1, thanks!", "read T-1"],
    ["request check R-9 pls", "request check R-9"],
    ["request read R-9 s'il vous plaît", "request read R-9"],
    ["lire T-1 merci beaucoup", "read T-1"],
  ])("%s is %s", async (typed, plain) => {
    expect(shown(await w.say("Maria", typed))).toEqual(shown(await w.say("Maria", plain)));
  });

  it("is not anything else that was typed", async () => {
    for (const line of ["request read R-9 thanks for the boats", "request read R-9 please call me"])
      expect(await w.ask("Maria", line), line).toContain("nothing was done");
  });
});

/** What it says, or the form with what is filled in; a draft's key differs each time. */
const shown = (reply: Awaited<ReturnType<World["say"]>>): unknown =>
  reply && "form" in reply ? { ...formOf(reply), state: "" } : textOf(reply);
