import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../src/audit/verify.js";
import { accessTo } from "../../src/cli/audit.js";
import { formOf, textOf, World } from "../world.js";
import { type Loaded, load, NO_SECRET, recorded, SITE, versions } from "./dumps.js";
import { askAll, changed, differences, twoDays } from "./questions.js";

/** Each version that was released, opened by this one (README.md beside this says how they are made). */
describe.each(versions())("a database of version %s", (version) => {
  const { at, refs, asked, sent } = recorded(version);
  let w: World;
  let loaded: Loaded;
  beforeAll(async () => {
    loaded = await load(version);
    w = await World.open({ store: loaded.store, secret: NO_SECRET, at: new Date(at), body: "north" });
    w.runtime.site = SITE;
  });
  afterAll(() => loaded?.close());

  it("shows the same lists and cards", async () => {
    expect(asked.length).toBeGreaterThan(200);
    expect(differences(asked, await askAll(w, asked, loaded.known))).toEqual([]);
  });

  it("reminds of what was planned then", async () => {
    expect(sent.length).toBeGreaterThan(20);
    expect(changed(sent.join("\n"), (await twoDays(w)).join("\n"))).toEqual([]);
  });

  it("is worked on", async () => {
    expect(await w.ask("Eleni", "accept T-1")).toBe("T-1 is agreed.");
    expect(await w.ask("Sofia", "decide Patrols at night M-5")).toContain("is decided");
    const conditions = formOf(await w.click("Amelie", "open", `north/${refs.greenShare}`));
    const read = formOf(await w.submit("Amelie", conditions, { purpose: "investigation" }));
    expect(JSON.stringify(read.fields)).toContain("Below minimum.");
    expect(textOf(await w.say("Eleni", `share log ${refs.greenShare}`))).toContain("Amelie, Immigration");
    await w.settle();
  });

  it("has a record that is whole", async () => {
    await w.runtime.reconciler.moving();
    const bodies = await w.runtime.store.owner.selectFrom("bodies").select(["id", "slug"]).execute();
    expect(bodies).toHaveLength(2);
    for (const body of bodies) {
      const verdict = await verify(accessTo(w.runtime, body));
      expect(verdict.findings, body.slug).toEqual([]);
      expect(verdict.seals, body.slug).toBeGreaterThan(0);
    }
  });
});
