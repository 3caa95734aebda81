import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CANARY } from "../../canary.js";
import { formOf, textOf, World, words } from "../../world.js";
import { askUse, draft, fill, open, press, release, wholly } from "./acting.js";

/** What happens to a share while somebody is in the middle of something with it. */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Pavlos: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Lia: "labour staff teams",
  Jonas: "border focal_point staff",
  Jana: "border staff",
  Gus: "coast focal_point staff",
  Sofia: "secretariat coordinator",
};
type Name = keyof typeof PEOPLE;
const SAID = { title: "zqtitleqz lorries", content: "zqtextqz plates AB 1234" };

let w: World;
beforeAll(async () => {
  w = await World.create({ people: PEOPLE });
});
afterAll(async () => {
  expect(wholly(w.payloads)).not.toMatch(CANARY);
  await w.close();
});

const owner = () => w.runtime.store.owner;
const number = (ref: string) => Number(ref.slice(2));
const row = (ref: string) =>
  owner().selectFrom("shares").selectAll().where("number", "=", number(ref)).executeTakeFirstOrThrow();
const openings = async (ref: string) =>
  owner()
    .selectFrom("share_openings")
    .selectAll()
    .where("share_id", "=", (await row(ref)).id)
    .execute();
const events = async (ref: string, action: string) =>
  (await owner().selectFrom("events").select("id").where("item_ref", "=", ref).where("action", "=", action).execute())
    .length;
const personId = async (name: Name) =>
  (await owner().selectFrom("persons").select("id").where("name", "=", name).executeTakeFirstOrThrow()).id;
const agencyId = async (handle: string) =>
  (await owner().selectFrom("agencies").select("id").where("handle", "=", handle).executeTakeFirstOrThrow()).id;
const move = async (name: Name, handle: string) =>
  owner()
    .updateTable("persons")
    .set({ agency_id: await agencyId(handle) })
    .where("name", "=", name)
    .execute();
/** Answered as about a share that does not exist. */
async function hiddenFrom(name: Name, ref: string) {
  for (const line of [ref, `open ${ref}`, `share log ${ref}`, `outcome ${ref} arrest`])
    expect(await w.ask(name, line), `${name}: ${line}`).toBe(
      (await w.ask(name, line.replace(ref, "I-9999999"))).replaceAll("I-9999999", ref),
    );
}
const shows = (reply: unknown) => wholly(reply).includes("zqtextqz");
const received = (name: Name, from = 0) =>
  w
    .inbox(name)
    .slice(from)
    .map(({ message }) => words(message))
    .join("\n");

describe("between a form and its submit", () => {
  it("a recall comes: nothing is read, nothing accepted, nothing logged", async () => {
    const ref = await release(w, "Maria", "@labour", {}, SAID);
    const form = formOf(await press(w, "Eleni", "open", ref));
    await w.ask("Maria", `recall ${ref} sure`);
    const reply = await w.submit("Eleni", form, { purpose: "investigation" });
    expect(shows(reply)).toBe(false);
    expect(textOf(reply)).toContain("recalled");
    expect(await openings(ref)).toEqual([]);
  });

  it("conditions are tightened: what the form showed is accepted, never what it did not", async () => {
    const ref = await release(w, "Maria", "@labour", {}, SAID);
    const form = formOf(await press(w, "Eleni", "open", ref));
    expect(wholly(form.intro)).not.toContain("judicial");
    await fill(w, "Maria", "tighten", ref, { codes: ["H1"] });
    const anew = await w.submit("Eleni", form, { purpose: "prevention" });
    expect(shows(anew)).toBe(false);
    expect(await openings(ref)).toEqual([]);
    // The new conditions are shown, with what was chosen, and hold once they are accepted.
    const second = formOf(anew);
    expect(wholly(second.intro)).toContain("judicial");
    expect(shows(await w.submit("Eleni", second, { purpose: "prevention" }))).toBe(true);
    expect((await openings(ref)).map(({ conditions, accepted }) => [conditions, accepted])).toEqual([[2, true]]);
  });

  it("a form that tells of no conditions accepts none", async () => {
    const ref = await release(w, "Maria", "@labour", {}, SAID);
    const form = formOf(await press(w, "Eleni", "open", ref));
    const state = JSON.parse(form.state);
    for (const shown of [undefined, "0", "2", ""]) {
      const forged = { ...form, state: JSON.stringify({ ...state, given: { ref, ...(shown && { shown }) } }) };
      expect(shows(await w.submit("Eleni", forged, { purpose: "prevention" })), shown).toBe(false);
      await owner().deleteFrom("inbound").where("platform", "=", "coord").execute();
    }
    expect(await openings(ref)).toEqual([]);
  });

  it("its conditions grow stricter alone: its validity never longer", async () => {
    const ref = await release(w, "Maria", "@labour", { until: "Fri 17:00" }, SAID);
    const until = async () => (await row(ref)).valid_until?.getTime() ?? 0;
    const before = await until();
    expect(textOf(await fill(w, "Maria", "tighten", ref, { until: "next Fri 17:00" }))).toContain(
      "only be made stricter",
    );
    expect(await until()).toBe(before);
    await fill(w, "Maria", "tighten", ref, { until: "Thu 17:00" });
    expect(before - (await until())).toBe(86_400_000);
  });

  it("its validity ends before it is sent: it goes to nobody", async () => {
    const ref = await draft(w, "Maria", "@labour", { until: "Fri 17:00" }, SAID);
    await owner().updateTable("shares").set({ valid_until: w.clock.now() }).where("number", "=", number(ref)).execute();
    expect(await w.ask("Maria", `share send ${ref} sure`)).not.toContain("is released");
    await hiddenFrom("Eleni", ref);
  });

  it("its validity ends, though the clock has not come round", async () => {
    const ref = await release(w, "Maria", "@labour", { until: "Fri 17:00" }, SAID);
    const form = formOf(await press(w, "Eleni", "open", ref));
    await owner().updateTable("shares").set({ valid_until: w.clock.now() }).where("number", "=", number(ref)).execute();
    expect(shows(await w.submit("Eleni", form, { purpose: "investigation" }))).toBe(false);
    expect(await openings(ref)).toEqual([]);
  });

  it("access is suspended, and a new place for the agency does not give it back", async () => {
    const ref = await release(w, "Maria", "@labour", {}, SAID);
    const form = formOf(await press(w, "Omar", "open", ref));
    expect(
      textOf(
        await w.submit("Maria", formOf(await w.say("Maria", `breach ${ref} @labour`)), {
          by: "@labour",
          words: "zqbreachqz",
        }),
      ),
    ).toContain(ref);
    expect(shows(await w.submit("Omar", form, { purpose: "investigation" }))).toBe(false);
    await w.say("Maria", `share add ${ref} @Lia`);
    for (const name of ["Lia", "Omar", "Eleni"] as const) expect(shows(await open(w, name, ref)), name).toBe(false);
    await w.say("Maria", `reinstate ${ref} @labour`);
    expect(shows(await open(w, "Omar", ref))).toBe(true);
  });

  it("a draft of another's is sent, returned and discarded", async () => {
    const ref = await draft(w, "Petros", "@labour", {}, SAID);
    await hiddenFrom("Eleni", ref);
    await hiddenFrom("Pavlos", ref);
    const form = formOf(await press(w, "Petros", "share-write", ref));
    await w.say("Petros", `share discard ${ref}`);
    expect(shows(await w.submit("Petros", form, SAID))).toBe(false);
    for (const name of ["Eleni", "Omar", "Pavlos", "Maria", "Petros", "Sofia"] as const) await hiddenFrom(name, ref);
    for (const name of ["Eleni", "Petros", "Maria"] as const)
      expect(wholly([await w.say(name, `shares ${ref}`), await w.say(name, "shares lorries")]), name).not.toContain(
        `${ref} `,
      );
  });

  it("nothing was written yet: who opens it is told so", async () => {
    const first = formOf(await w.say("Petros", "share @labour"));
    const second = formOf(await w.submit("Petros", first, { with: ["@labour"], kind: "a", label: "AMBER" }));
    const ref = JSON.parse(second.state).given.ref;
    expect(await w.ask("Petros", `open ${ref}`)).toContain("Nothing is written");
    expect(await w.ask("Petros", `share send ${ref} sure`)).toContain("Nothing is written");
  });
});

describe("a request for use", () => {
  it("is not granted by a form that was open when the share was tightened", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "zqpurposeqz", to: ["@border"] });
    await w.settle();
    const grant = formOf(await press(w, "Maria", "use-grant", use));
    await fill(w, "Maria", "tighten", ref, { codes: ["H0"] });
    expect(textOf(await w.submit("Maria", grant, { until: "next Fri 17:00" }))).toMatch(/waits for no answer|void/i);
    await hiddenFrom("Jonas", ref);
    await w.settle();
    // The card says what is true, and offers nothing that would be refused.
    const card = w.card("Maria", use);
    expect(words(card.message)).toContain("Void");
    expect(words(card.message)).not.toContain("[Grant]");
  });

  it("is not granted until a time that passed between form and submit", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "p", to: ["@border"] });
    const grant = formOf(await press(w, "Maria", "use-grant", use));
    expect(textOf(await w.submit("Maria", grant, { until: "23 Nov 2026 09:00" }))).not.toContain("is granted");
    await hiddenFrom("Jonas", ref);
    const state = await owner().selectFrom("use_requests").select("state").where("number", "=", number(use)).execute();
    expect(state).toEqual([{ state: "submitted" }]);
  });

  it("is decided once, by whoever comes first", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "p", to: ["@border"] });
    const grant = formOf(await press(w, "Maria", "use-grant", use));
    const deny = formOf(await press(w, "Maria", "use-refuse", use));
    const said = (
      await Promise.all([
        w.submit("Maria", grant, { until: "next Fri 17:00" }),
        w.submit("Maria", deny, { reason: "zqrefusalqz" }),
      ])
    ).map(textOf);
    expect(said.filter((text) => /no longer waits for an answer/.test(text))).toHaveLength(1);
    const decided = await owner()
      .selectFrom("events")
      .select("action")
      .where("item_ref", "=", use)
      .where("action", "in", ["use.granted", "use.refused"])
      .execute();
    expect(decided).toHaveLength(1);
    const granted = decided[0]?.action === "use.granted";
    expect(shows(await open(w, "Jonas", ref))).toBe(granted);
  });

  it("lapses when it was needed, and its card says so; who it would have admitted never knows", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "p", to: ["@border"], by: "tomorrow 12:00" });
    await w.pass({ days: 2 }, 1_440);
    expect(words(w.card("Maria", use).message)).not.toContain("[Grant]");
    await hiddenFrom("Jonas", ref);
    expect(textOf(await w.say("Maria", `use grant ${use}`))).toContain("no longer waits for an answer");
  });

  it("whoever a grant admits is asked what came of it, and holds the same conditions", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "p", to: ["@border"] });
    await fill(w, "Maria", "use-grant", use, { until: "in 60 days" });
    await w.settle();
    const before = w.inbox("Jonas").length;
    expect(shows(await press(w, "Jonas", "open", ref))).toBe(false);
    expect(shows(await open(w, "Jonas", ref))).toBe(true);
    await w.pass({ days: 15 }, 2_880);
    expect(received("Jonas", before)).toContain("what came of it?");
  });

  it("is taken back by who asked or their focal point, and by no other colleague", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H1"] }, SAID);
    const state = async (use: string) =>
      (
        await owner()
          .selectFrom("use_requests")
          .select("state")
          .where("number", "=", number(use))
          .executeTakeFirstOrThrow()
      ).state;
    const first = await askUse(w, "Omar", ref, { code: "H1", purpose: "p" });
    expect(await w.ask("Lia", `use withdraw ${first}`)).toContain("There is no");
    expect(await state(first)).toBe("submitted");
    await w.ask("Omar", `use withdraw ${first}`);
    expect(await state(first)).toBe("withdrawn");
    const second = await askUse(w, "Omar", ref, { code: "H1", purpose: "p" });
    await w.ask("Eleni", `use withdraw ${second}`);
    expect(await state(second)).toBe("withdrawn");
  });

  it("admits nobody whose access was suspended", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    await w.say("Maria", `share add ${ref} @Jana`);
    const breach = formOf(await w.say("Maria", `breach ${ref} @border`));
    await w.submit("Maria", breach, { by: "@border", words: "zqbreachqz" });
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "p", to: ["@border"] });
    await fill(w, "Maria", "use-grant", use, { until: "next Fri 17:00" });
    for (const name of ["Jana", "Jonas"] as const) expect(shows(await open(w, name, ref)), name).toBe(false);
    await w.say("Maria", `reinstate ${ref} @border`);
    expect(shows(await open(w, "Jonas", ref))).toBe(true);
  });

  it("is over at its hour, though the clock has not come round: nothing opens, nothing is listed or found", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H2"] }, SAID);
    const use = await askUse(w, "Eleni", ref, { code: "H2", purpose: "p", to: ["@border"] });
    await fill(w, "Maria", "use-grant", use, { until: "next Fri 17:00" });
    await w.settle();
    expect(shows(await open(w, "Jonas", ref))).toBe(true);
    const found = async () => wholly(await w.say("Jonas", "shares plates")).includes(`${ref} `);
    expect(await found()).toBe(true);
    const grant = (set: { expires_at?: Date; state?: "lapsed" | "granted" }) =>
      owner().updateTable("use_requests").set(set).where("number", "=", number(use)).execute();
    await grant({ expires_at: w.clock.now() });
    expect([shows(await press(w, "Jonas", "open", ref)), await found()]).toEqual([false, false]);
    // Nor where it ended before its hour.
    await grant({ expires_at: new Date(w.clock.now().getTime() + 86_400_000), state: "lapsed" });
    expect([shows(await press(w, "Jonas", "open", ref)), await found()]).toEqual([false, false]);
    await grant({ state: "granted" });
    expect([shows(await press(w, "Jonas", "open", ref)), await found()]).toEqual([true, true]);
  });

  it("stays with the agency when the person who asked moves on", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H1"] }, SAID);
    const use = await askUse(w, "Lia", ref, { code: "H1", purpose: "zqpurposeqz" });
    expect(wholly(await w.say("Lia", `use read ${use}`))).toContain("zqpurposeqz");
    await move("Lia", "coast");
    for (const line of ["show", "read", "withdraw"])
      expect(await w.ask("Lia", `use ${line} ${use}`), line).toBe(
        (await w.ask("Lia", `use ${line} U-9999999`)).replaceAll("U-9999999", use),
      );
    const before = w.inbox("Lia").length;
    await fill(w, "Maria", "use-refuse", use, { reason: "no" });
    await w.settle();
    expect(received("Lia", before)).not.toContain(ref);
    expect(wholly(await w.say("Eleni", `use show ${use}`))).toContain(use);
    await move("Lia", "labour");
  });
});

describe("people come and go", () => {
  it("a recipient who moves to another agency after release opens nothing more; the agency does", async () => {
    const ref = await release(w, "Maria", "@Omar", { label: "AMBER+STRICT" }, SAID);
    expect(shows(await open(w, "Omar", ref))).toBe(true);
    await hiddenFrom("Lia", ref);
    await move("Omar", "coast");
    await hiddenFrom("Omar", ref);
    const before = w.inbox("Omar").length;
    await fill(w, "Maria", "tighten", ref, { codes: ["H1"] });
    await w.settle();
    expect(received("Omar", before)).not.toContain(ref);
    expect(shows(await open(w, "Eleni", ref))).toBe(true);
    await move("Omar", "labour");
  });

  it("a deputy opens what passes, under their own name, and nothing of RED", async () => {
    const strict = await release(w, "Maria", "@Omar", { label: "AMBER+STRICT" }, SAID);
    const red = await release(w, "Maria", "@Omar", { label: "RED" }, SAID);
    await hiddenFrom("Lia", strict);
    await w.say("Omar", 'away until:"in 10 days" deputy:@Lia');
    expect(shows(await open(w, "Lia", strict))).toBe(true);
    expect((await openings(strict)).map(({ person_id }) => person_id)).toEqual([await personId("Lia")]);
    await hiddenFrom("Lia", red);
    expect(textOf(await w.say("Lia", "shares"))).not.toContain(`${red} `);
    // The leave is over at its hour, whether they say that they are back or not.
    const leave = owner().updateTable("absences");
    const until = (await owner().selectFrom("absences").select("until_at").executeTakeFirstOrThrow()).until_at;
    await leave.set({ until_at: w.clock.now() }).execute();
    await hiddenFrom("Lia", strict);
    await leave.set({ until_at: until }).execute();
    expect(shows(await open(w, "Lia", strict))).toBe(true);
    await w.say("Omar", "back");
    await hiddenFrom("Lia", strict);
    // The provider's deputy recalls what is not RED.
    const given = await release(w, "Petros", "@labour", { label: "AMBER" }, SAID);
    const named = await release(w, "Petros", "@Omar", { label: "RED" }, SAID);
    expect(await w.ask("Pavlos", `recall ${given} sure`)).not.toContain("is recalled");
    await w.say("Petros", 'away until:"in 10 days" deputy:@Pavlos');
    expect(await w.ask("Pavlos", `recall ${given} sure`)).toContain("is recalled");
    await hiddenFrom("Pavlos", named);
    await hiddenFrom("Maria", named);
    await w.say("Petros", "back");
  });

  it("a focal point's deputy who moves to another agency stands in for nobody there", async () => {
    await w.say("Eleni", 'away until:"in 10 days" deputy:@Lia');
    await move("Lia", "coast");
    const ref = await release(w, "Maria", "@coast", { label: "AMBER+STRICT" }, SAID);
    await hiddenFrom("Lia", ref);
    expect(shows(await open(w, "Gus", ref))).toBe(true);
    await move("Lia", "labour");
    await w.say("Eleni", "back");
  });

  it("a provider who left: the focal point recalls it, and of RED nobody knows but the person named", async () => {
    const given = await release(w, "Pavlos", "@labour", {}, SAID);
    const named = await release(w, "Pavlos", "@Omar", { label: "RED" }, SAID);
    await w.say("Maria", "remove @Pavlos sure");
    await w.settle();
    expect(shows(await open(w, "Eleni", given))).toBe(true);
    expect(shows(await open(w, "Omar", named))).toBe(true);
    await hiddenFrom("Maria", named);
    expect(await w.ask("Omar", `outcome ${named} arrest`)).toContain("is with Police");
    await w.settle();
    expect(received("Maria")).not.toContain(named);
    expect(await w.ask("Maria", `recall ${given} sure`)).toContain("is recalled");
  });

  it("an agency that leaves the body takes with it what it gave and what it held", async () => {
    const theirs = await release(w, "Gus", "@labour", {}, SAID);
    const ours = await release(w, "Maria", "@coast", { codes: ["H1"] }, SAID);
    const use = await askUse(w, "Gus", ours, { code: "H1", purpose: "p" });
    expect(shows(await open(w, "Eleni", theirs))).toBe(true);
    expect(wholly(await w.say("Eleni", "shares"))).toContain(`${theirs} `);
    await owner()
      .deleteFrom("members")
      .where("agency_id", "=", await agencyId("coast"))
      .execute();
    await hiddenFrom("Eleni", theirs);
    expect(wholly(await w.say("Eleni", "shares"))).not.toContain(`${theirs} `);
    expect(wholly(await w.say("Maria", "shares"))).toContain(ours);
    expect(wholly(await w.say("Maria", `share log ${ours}`))).not.toContain("zq");
    expect(await w.ask("Maria", `use show ${use}`)).toBe(
      (await w.ask("Maria", "use show U-9999999")).replace("U-9999999", use),
    );
    expect(textOf(await w.say("Gus", ours))).not.toContain(ours.replace("I-", "heron"));
    await fill(w, "Maria", "tighten", ours, { codes: ["H0"] });
    await w.settle();
  });
});

describe("the second person", () => {
  it("is never the author, whatever they are", async () => {
    await w.ask("Maria", "share rule on");
    const own = await draft(w, "Maria", "@labour", {}, SAID);
    await w.say("Maria", `share send ${own} sure`);
    expect(await w.ask("Maria", `share review ${own}`)).toContain("another person");
    expect((await row(own)).state).toBe("review");
    await hiddenFrom("Eleni", own);
    const other = await draft(w, "Petros", "@labour", {}, SAID);
    await w.say("Petros", `share send ${other} sure`);
    await fill(w, "Maria", "share-return", other, { reason: "zqreturnqz" });
    await w.settle();
    await hiddenFrom("Eleni", other);
    expect(await w.ask("Maria", `share review ${other}`)).not.toContain("is released");
    await w.say("Petros", `share send ${other} sure`);
    await Promise.all([w.ask("Maria", `share review ${other}`), w.ask("Maria", `share review ${other}`)]);
    expect(await events(other, "share.released")).toBe(1);
    await w.ask("Maria", "share rule off");
  });

  it("reads no RED: what is for the persons named goes to them, and the rule asks nobody of the agency first", async () => {
    await w.ask("Maria", "share rule on");
    const before = w.inbox("Maria").length;
    const ref = await release(w, "Petros", "@Omar", { label: "RED" }, SAID);
    expect(await row(ref)).toMatchObject({ state: "released", reviewer_id: null });
    expect(shows(await open(w, "Omar", ref))).toBe(true);
    for (const name of ["Maria", "Pavlos", "Eleni"] as const) await hiddenFrom(name, ref);
    expect(received("Maria", before)).not.toContain(ref);
    // The same of AMBER waits for a second person, who is told.
    const other = await draft(w, "Petros", "@Omar", {}, SAID);
    await w.say("Petros", `share send ${other} sure`);
    await w.settle();
    expect((await row(other)).state).toBe("review");
    expect(received("Maria", before)).toContain(other);
    await w.ask("Maria", "share rule off");
  });
});

describe("two things at once", () => {
  it("a share released twice goes out once", async () => {
    const ref = await draft(w, "Maria", "@labour", {}, SAID);
    await Promise.all([w.say("Maria", `share send ${ref} sure`), w.say("Maria", `share send ${ref} sure`)]);
    await w.settle();
    const cards = w.inbox("Eleni").filter(({ message }) => words(message).startsWith(`${ref} `));
    expect(cards).toHaveLength(1);
    expect(await events(ref, "share.released")).toBe(1);
  });

  it("a recall and an opening: whoever opened is in the log, and whoever came after reads nothing", async () => {
    for (let n = 0; n < 4; n++) {
      const ref = await release(w, "Maria", "@labour", {}, SAID);
      const form = formOf(await press(w, "Eleni", "open", ref));
      const [a, b] = await Promise.all(
        n % 2
          ? [w.say("Maria", `recall ${ref} sure`), w.submit("Eleni", form, { purpose: "investigation" })]
          : [w.submit("Eleni", form, { purpose: "investigation" }), w.say("Maria", `recall ${ref} sure`)],
      );
      const read = shows(n % 2 ? b : a);
      expect(await openings(ref)).toHaveLength(read ? 1 : 0);
      expect(wholly(await w.say("Maria", `share log ${ref}`)).includes("Eleni")).toBe(read);
      expect(shows(await open(w, "Eleni", ref))).toBe(false);
      await w.settle();
      // Who had read it is told so, and their open copy overwritten.
      const gone = await owner()
        .selectFrom("outbox")
        .select("id")
        .where("notice", "=", "share.gone")
        .where("dedupe", "like", `gone ${(await row(ref)).id} %`)
        .execute();
      expect(gone).toHaveLength(read ? 1 : 0);
    }
  });

  it("an outcome after the recall still comes back, and opens nothing", async () => {
    const ref = await release(w, "Maria", "@labour", {}, SAID);
    await open(w, "Eleni", ref);
    await w.ask("Maria", `recall ${ref} sure`);
    expect(
      textOf(await fill(w, "Eleni", "outcome", `${ref}`, { kind: "arrest", narrative: "zqnarrativeqz" })),
    ).toContain("is with Police");
    expect(wholly(await w.say("Maria", `outcomes ${ref}`))).toContain("zqnarrativeqz");
    expect(shows(await open(w, "Eleni", ref))).toBe(false);
    await w.settle();
  });
});

describe("an outcome stricter than its share", () => {
  it("is read by those of the providing side whom its own label lets read it", async () => {
    const ref = await release(w, "Maria", "@labour", { label: "GREEN" }, SAID);
    await open(w, "Eleni", ref);
    for (const [label, word] of [
      ["AMBER", "zqamberqz"],
      ["AMBER+STRICT", "zqstrictqz"],
      ["RED", "zqonlyredqz"],
    ] as const)
      await fill(w, "Eleni", "outcome", ref, { kind: "arrest", narrative: word, label });
    const seen = async (name: Name) =>
      [...wholly(await w.say(name, `outcomes ${ref}`)).matchAll(/zq(\w+)qz/g)].map(([, word]) => word).sort();
    expect(await seen("Maria")).toEqual(["amber", "onlyred", "strict"]);
    expect(await seen("Petros")).toEqual(["amber"]);
    expect(await seen("Eleni")).toEqual([]);
    expect(await seen("Jonas")).toEqual([]);
    await w.settle();
  });
});

describe("RED", () => {
  it("takes no agency, by no way, and passes to nobody", async () => {
    const first = formOf(await w.say("Maria", "share @labour"));
    expect(textOf(await w.submit("Maria", first, { with: ["@labour"], kind: "a", label: "RED" }))).toContain("named");
    const wide = await release(w, "Maria", "@labour", {}, SAID);
    expect(textOf(await fill(w, "Maria", "tighten", wide, { label: "RED" }))).toContain("named");
    const ref = await release(w, "Petros", "@Omar", { label: "RED", codes: ["H2"] }, SAID);
    expect(textOf(await w.say("Petros", `share add ${ref} @border`))).toContain("named");
    expect(shows(await open(w, "Omar", ref))).toBe(true);
    const asked = await fill(w, "Omar", "use", ref, { code: "H2", purpose: "p", to: ["@border"] });
    expect(textOf(asked)).toContain("named");
    const use = await askUse(w, "Omar", ref, {
      code: "H2",
      purpose: "zqpurposeqz",
      to: [`person:${await personId("Jana")}`],
    });
    await w.settle();
    for (const name of ["Maria", "Eleni", "Jonas", "Jana", "Sofia"] as const) {
      await hiddenFrom(name, ref);
      expect(await w.ask(name, `use show ${use}`), name).toBe(
        (await w.ask(name, "use show U-9999999")).replace("U-9999999", use),
      );
    }
    await fill(w, "Petros", "use-grant", use, { until: "next Fri 17:00" });
    await w.settle();
    expect(shows(await open(w, "Jana", ref))).toBe(true);
    await hiddenFrom("Jonas", ref);
    await fill(w, "Omar", "outcome", ref, { kind: "arrest", narrative: "zqnarrativeqz" });
    await w.say("Petros", `thank ${ref}`);
    await w.pass({ days: 40 }, 5_760);
    await w.ask("Petros", `recall ${ref} sure`);
    await w.settle();
    for (const name of ["Maria", "Eleni", "Jonas", "Sofia", "Lia"] as const)
      for (const one of [ref, use]) expect(received(name), `${name} ${one}`).not.toMatch(new RegExp(`${one}\\b`));
  });

  it("comes over a share by tightening: what others had of it is emptied, its requests too", async () => {
    const ref = await release(w, "Petros", "@Omar", { label: "AMBER", codes: ["H1"] }, SAID);
    const use = await askUse(w, "Omar", ref, { code: "H1", purpose: "p" });
    await w.settle();
    expect(wholly(w.inbox("Maria"))).toContain(use);
    await fill(w, "Petros", "tighten", ref, { label: "RED" });
    await w.settle();
    await w.pass({ days: 20 }, 5_760);
    for (const name of ["Maria", "Eleni"] as const) await hiddenFrom(name, ref);
    for (const one of [ref, use]) expect(received("Maria")).not.toMatch(new RegExp(`${one}\\b`));
  });
});

describe("words in a line", () => {
  it("are not taken by any command about information, nor said back", async () => {
    const ref = await release(w, "Maria", "@labour", { codes: ["H1"] }, SAID);
    const lines = [
      ...[
        `outcome ${ref} zqlineqz`,
        `outcome ${ref} arrest of zqlineqz`,
        `share write ${ref} zqlineqz`,
        `${ref} zqlineqz`,
      ],
      ...[
        `breach ${ref} @labour zqlineqz`,
        `use ${ref} for zqlineqz`,
        `open ${ref} zqlineqz`,
        `share log ${ref} zqlineqz`,
      ],
      ...[`share decline ${ref} zqlineqz`, `tighten ${ref} zqlineqz`, "share @labour zqlineqz", "share write zqlineqz"],
    ];
    for (const line of lines) {
      const reply = await w.say("Eleni", line);
      expect(wholly(reply), line).not.toContain("zqlineqz");
      expect(textOf(reply), line).toContain("Please delete that line");
    }
    // What ends access is done all the same.
    const text = await w.ask("Maria", `recall ${ref} sure since zqlineqz`);
    expect(text).toContain("is recalled");
    expect(text).toContain("Please delete that line");
    expect(text).not.toContain("zqlineqz");
  });
});
