import { afterEach, describe, expect, it } from "vitest";
import type { Form, Reply } from "../../../src/chat/index.js";
import { CANARY } from "../../canary.js";
import { formOf, textOf, World, words } from "../../world.js";

/** Information under its provider's conditions, and what came of it. Monday 23 November 2026, 10:00 in Athens. */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Jonas: "border focal_point staff",
  Sofia: "secretariat coordinator",
};
type Name = keyof typeof PEOPLE;
const TITLE = "zqtitleqz lorries";
const TEXT = "zqtextqz plates AB 1234";

let w: World;
afterEach(() => w?.close());

const news = (name: Name) => w.inbox(name).map(({ message }) => words(message));
const notes = (form: Form) => JSON.stringify(form.fields);

/** The two dialogs of sharing: conditions, then what it says. @returns its reference */
async function share(name: Name, to: string, conditions: Record<string, string | string[]> = {}): Promise<string> {
  const first = formOf(await w.say(name, `share ${to}`));
  const second = formOf(await w.submit(name, first, { kind: "a", label: "AMBER", ...values(first), ...conditions }));
  const card = await w.submit(name, second, { title: TITLE, content: TEXT });
  const ref = /I-\d+/.exec(textOf(card))?.[0] ?? "";
  const question = await w.ask(name, `share send ${ref}`);
  expect(question).toMatch(
    new RegExp(`^Release ${ref}.* to .+\\? It is TLP:[A-Z+]+.*They can read it at once\\..*\\[Release\\]$`, "s"),
  );
  await w.click(name, "share-send", `north/${ref} sure`);
  await w.settle();
  return ref;
}

const values = (form: Form): Record<string, string[]> => {
  const field = form.fields.find((one) => "name" in one && one.name === "with");
  const value = field && "value" in field ? field.value : undefined;
  return { with: Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : one.value)) : [] };
};

async function open(name: Name, ref: string, purpose = "investigation"): Promise<Reply> {
  const first = await w.click(name, "open", `north/${ref}`);
  return first && "form" in first && first.form.submit ? w.submit(name, first.form, { purpose }) : first;
}

describe("a share", () => {
  it("is written in dialogs, opened under its conditions, and its outcome comes back", async () => {
    w = await World.create({ people: PEOPLE });
    expect(await w.ask("Maria", `share @labour ${TEXT}`)).toContain("Please delete that line");
    const ref = await share("Maria", "@labour", { codes: ["H0", "H1"] });
    expect(ref).toMatch(/^I-\d{2,}$/);
    expect(JSON.stringify(w.payloads)).not.toMatch(CANARY);
    const card = w.inbox("Eleni").at(-1);
    expect(card && words(card.message)).toContain(ref);
    expect(await w.ask("Jonas", ref)).toBe(
      await w.ask("Jonas", "I-99999").then((text) => text.replace("I-99999", ref)),
    );
    const conditions = formOf(await w.click("Omar", "open", `north/${ref}`));
    expect(JSON.stringify(conditions.intro)).toContain("not in judicial proceedings");
    expect(notes(conditions)).not.toContain("zq");
    expect(textOf(await w.submit("Omar", conditions, { purpose: "assessment" }))).toContain("Choose another purpose");
    const read = formOf(await open("Omar", ref));
    expect(notes(read)).toContain(TITLE);
    expect(notes(read)).toContain(TEXT);
    expect(textOf(await w.say("Maria", `share log ${ref}`))).toMatch(/Omar, Labour.*an investigation · accepted/s);
    // The conditions hold for the next opening too.
    expect(notes(formOf(await w.click("Omar", "open", `north/${ref}`)))).toContain(TEXT);
    await w.pass({ days: 15 }, 720);
    expect(news("Omar").join()).toContain("Reminder: what came of it?");
    expect(await w.ask("Omar", `outcome ${ref} arrest`)).toContain("is with Police");
    await w.settle();
    expect(news("Maria").join()).toMatch(/Labour says what came of I-\d+ \w+/);
    expect(notes(formOf(await w.say("Maria", `outcomes ${ref}`)))).toContain("Arrest");
    expect(await w.ask("Maria", `thank ${ref}`)).toContain("thanks");
    expect(textOf(await w.say("Maria", "ledger"))).toContain("given 1, outcomes back 1");
    expect(JSON.stringify(w.payloads)).not.toMatch(CANARY);
  });

  it("is tightened and recalled: nobody opens it after the commit, and open copies are overwritten", async () => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@labour");
    await open("Eleni", ref);
    const form = formOf(await w.click("Maria", "tighten", `north/${ref}`));
    expect(textOf(await w.submit("Maria", form, { codes: ["H2"] }))).toContain("One person had read it");
    await w.settle();
    expect(news("Eleni").join()).toContain("tightened the conditions");
    const again = formOf(await w.click("Eleni", "open", `north/${ref}`));
    expect(again.submit).toBe("Accept and read");
    expect(notes(again)).not.toContain("zq");
    expect(await w.ask("Maria", `recall ${ref}`)).toMatch(/^Recall .* from .+\? Nobody there can open it any more\./);
    expect(textOf(await w.click("Maria", "recall", `north/${ref} sure`))).toContain("is recalled");
    expect(textOf(await w.submit("Eleni", again, { purpose: "prevention" }))).toContain("recalled");
    await w.settle();
    expect(news("Eleni").join()).toContain("recalled");
    expect(textOf(await w.say("Maria", `share log ${ref}`))).toContain("Eleni");
    expect(JSON.stringify(w.payloads)).not.toMatch(CANARY);
  });

  it("is used otherwise only by leave of its provider, which ends with tightening", async () => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@labour", { codes: ["H1", "H2"] });
    await open("Eleni", ref);
    const form = formOf(await w.click("Eleni", "use", `north/${ref}`));
    const asked = textOf(await w.submit("Eleni", form, { code: "H2", purpose: "zqpurposeqz", to: ["@border"] }));
    const use = /U-\d+/.exec(asked)?.[0] ?? "";
    await w.settle();
    expect(news("Maria").join()).toContain(use);
    expect(await w.ask("Jonas", ref)).toContain("There is no");
    expect(await w.ask("Eleni", `use show ${use}`)).toContain("Waits for the provider");
    const grant = formOf(await w.say("Maria", `use grant ${use}`));
    expect(textOf(await w.submit("Maria", grant, { until: "next Fri 17:00" }))).toContain("is granted");
    await w.settle();
    expect(notes(formOf(await open("Jonas", ref)))).toContain(TEXT);
    const tighten = formOf(await w.click("Maria", "tighten", `north/${ref}`));
    await w.submit("Maria", tighten, { codes: ["H0"] });
    expect(await w.ask("Eleni", `use show ${use}`)).toContain("Void");
    // Whom the grant admitted holds the place no longer than the grant.
    expect(textOf(await w.click("Jonas", "open", `north/${ref}`))).toContain("cannot be opened");
    expect(JSON.stringify(w.payloads)).not.toMatch(CANARY);
  });

  it("is open to whom a grant admitted until the grant runs out, and no longer", async () => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@labour", { codes: ["H2"] });
    await open("Eleni", ref);
    const form = formOf(await w.click("Eleni", "use", `north/${ref}`));
    const asked = textOf(await w.submit("Eleni", form, { code: "H2", purpose: "joint patrol", to: ["@border"] }));
    const use = /U-\d+/.exec(asked)?.[0] ?? "";
    const grant = formOf(await w.say("Maria", `use grant ${use}`));
    await w.submit("Maria", grant, { until: "Wed 17:00" });
    await w.settle();
    expect(notes(formOf(await open("Jonas", ref)))).toContain(TEXT);
    expect(textOf(await w.say("Jonas", "shares lorries"))).toContain(ref);
    // What he has open is overwritten at that moment, and what Eleni has open is not.
    const covered = () =>
      w.runtime.store.owner
        .selectFrom("outbox")
        .innerJoin("persons", "persons.id", "outbox.person_id")
        .select("persons.name")
        .where("notice", "=", "share.gone")
        .execute();
    expect(await covered()).toEqual([]);
    await w.pass({ days: 3 }, 240);
    expect(await covered()).toEqual([{ name: "Jonas" }]);
    expect(textOf(await w.click("Jonas", "open", `north/${ref}`))).toContain("cannot be opened");
    expect(textOf(await w.say("Jonas", "shares lorries"))).not.toContain(ref);
    expect(await w.ask("Eleni", `use show ${use}`)).toContain("Lapsed");
    expect(notes(formOf(await open("Eleni", ref)))).toContain(TEXT);
  });

  it("waits for a second person where the agency's rule asks for one, and expires by the clock", async () => {
    w = await World.create({ people: PEOPLE });
    await w.ask("Maria", "share rule on");
    const ref = await share("Petros", "@labour", { until: "Fri 17:00" });
    expect(await w.ask("Eleni", ref)).toContain("There is no");
    expect(await w.ask("Petros", `share review ${ref}`)).toContain("another person");
    expect(await w.ask("Maria", `share review ${ref}`)).toContain("is released");
    await w.settle();
    await open("Eleni", ref);
    expect(textOf(await w.say("Eleni", "shares lorries"))).toContain(ref);
    expect(textOf(await w.say("Jonas", "shares lorries"))).not.toContain(ref);
    await w.pass({ days: 5 }, 240);
    expect(textOf(await w.click("Eleni", "open", `north/${ref}`))).toContain("no longer valid");
    expect(textOf(await w.say("Eleni", "shares lorries"))).not.toContain(ref);
    expect(news("Eleni").join()).toContain("no longer valid");
  });

  it("under RED passes to nobody but the person named", async () => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@Omar", { label: "RED" });
    expect(notes(formOf(await open("Omar", ref)))).toContain(TEXT);
    for (const name of ["Eleni", "Petros", "Sofia"] as const) expect(await w.ask(name, ref)).toContain("There is no");
    await w.pass({ days: 40 }, 1_440);
    expect(JSON.stringify([w.inbox("Eleni"), w.inbox("Sofia"), w.inbox("Petros")])).not.toContain(ref);
  });
});

describe("what came of a share", () => {
  const outcomes = async () =>
    w.runtime.store.owner.selectFrom("outcomes").select(["kind", "final"]).orderBy("at").execute();

  it.each([
    [
      "recalled",
      async (ref: string) => {
        const form = formOf(await w.click("Maria", "recall", `north/${ref}`));
        await w.submit("Maria", form, { reason: "Wrong person" });
      },
    ],
    ["expired", async () => w.pass({ days: 6 }, 8_640)],
  ])("is asked of who opened it though it is %s, and one tap is the last word", async (state, end) => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@labour, @border", { until: "Sat 28 Nov 17:00" });
    await open("Eleni", ref);
    await end(ref);
    await w.pass({ days: 15 }, 21_600);
    await w.settle();
    const asked = w.inbox("Eleni").findLast(({ message }) => words(message).includes("asks what came of it"));
    if (!asked) throw new Error(`not asked once it is ${state}`);
    // Nobody of the border guard opened it: nothing can have come of it.
    expect(news("Jonas").filter((text) => /what came of it/.test(text))).toEqual([]);
    for (let n = 0; n < 3; n++) await w.press("Eleni", asked, "Arrest");
    await w.settle();
    expect(await outcomes()).toEqual([{ kind: "arrest", final: true }]);
    expect(news("Maria").filter((text) => /What came of/.test(text) || /outcome/i.test(text)).length).toBeLessThan(5);
    const before = w.inbox("Eleni").length;
    await w.pass({ days: 30 }, 43_200);
    expect(
      w
        .inbox("Eleni")
        .slice(before)
        .map(({ message }) => words(message))
        .join(),
    ).not.toContain("what came of it");
  });

  it("is told by who opened it, or their agency, and not by who did not", async () => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@labour");
    expect(await w.ask("Omar", `outcome ${ref} arrest`)).toContain(`Nobody of your agency has opened ${ref}`);
    await open("Eleni", ref);
    expect(await w.ask("Omar", `outcome ${ref} arrest`)).toContain(`What came of ${ref}`);
    expect(await w.ask("Eleni", `outcome ${ref} seizure`)).toContain("is told already: Arrest");
    expect(await outcomes()).toEqual([{ kind: "arrest", final: true }]);
  });

  it("asks whether more is to come only where more follows by its nature", async () => {
    w = await World.create({ people: PEOPLE });
    const ref = await share("Maria", "@labour");
    await open("Eleni", ref);
    const form = formOf(await w.say("Eleni", `outcome ${ref} new_lead`));
    expect(await outcomes()).toEqual([]);
    await w.submit("Eleni", form, { kind: "new_lead", final: "interim" });
    await w.ask("Eleni", `outcome ${ref} nothing`);
    expect(await outcomes()).toEqual([
      { kind: "new_lead", final: false },
      { kind: "nothing", final: true },
    ]);
  });
});

it("a use is asked under every handling code; what H0 forbids is open once it is granted", async () => {
  w = await World.create({ people: PEOPLE });
  const ref = await share("Maria", "@labour", { codes: ["H0", "H3"], other: "No printing" });
  expect(textOf(await open("Eleni", ref, "assessment"))).toContain("H0");
  const asking = formOf(await w.click("Eleni", "use", `north/${ref}`));
  await w.submit("Eleni", asking, { code: "H3", purpose: "To print it for court" });
  const again = formOf(await w.click("Eleni", "use", `north/${ref}`));
  const use = /U-\d+/.exec(textOf(await w.submit("Eleni", again, { code: "H0", purpose: "A threat assessment" })))?.[0];
  await w.settle();
  const grant = formOf(await w.click("Maria", "use-grant", `north/${use}`));
  await w.submit("Maria", grant, { until: "Fri 4 Dec 17:00" });
  expect(await open("Eleni", ref, "assessment")).toHaveProperty("form");
});
