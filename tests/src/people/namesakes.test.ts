import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reply } from "../../../src/chat/index.js";
import { importPeople } from "../../../src/cli/import.js";
import { linkPerson } from "../../../src/cli/setup.js";
import { formOf, textOf, World } from "../../world.js";

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Pia: "police focal_point staff",
      Fleur: "police staff",
      Petra: "police focal_point staff",
      Omar: "labour focal_point staff",
    },
    agencies: ["marina"],
    lang: { Fleur: "fr" },
  });
  for (const [agency, name, user] of [
    ["labour", "Lara", "ULARA"],
    ["police", "Lara Croft", "UCROFT"],
    ["police", "Anna Berg", "UBERG1"],
    ["police", "Anna Berg", "UBERG2"],
    ["labour", "Marina Rossi", "UROSSI"],
  ] as const) {
    await linkPerson(w.runtime, agency, { name, account: [`slack:slack-${agency}:${user}`], role: ["staff"] });
    w.enrolled(user, { platform: "slack", tenant: `slack-${agency}`, user });
  }
  await w.settle();
}, 120_000);
afterAll(() => w.close());

type Button = { id: string; label: string; value: string; opens?: true };
const buttonsOf = (reply: Reply): Button[] =>
  reply && "post" in reply
    ? reply.post.blocks.flatMap((block) =>
        block.type === "actions"
          ? block.actions.flatMap((action) => (action.type === "button" ? [{ value: "", ...action }] : []))
          : [],
      )
    : [];
const tap = (who: string, reply: Reply, label: string) => {
  const button = buttonsOf(reply).find((one) => one.label === label);
  if (!button) throw new Error(`no ${label} on: ${textOf(reply)}`);
  return w.click(who, button.id, button.value, { conversation: w.from(who).conversation, id: "question" });
};
const count = (table: "tasks" | "absences" | "shares" | "meetings") =>
  w.runtime.store.owner
    .selectFrom(table)
    .select("id")
    .execute()
    .then((rows) => rows.length);
const personId = async (account: string) =>
  (
    await w.runtime.store.owner
      .selectFrom("accounts")
      .select("person_id")
      .where("user_id", "=", account)
      .executeTakeFirstOrThrow()
  ).person_id;
const BOTH = ["Lara · Labour", "Lara Croft · Police"];

describe("a name that two have", () => {
  it("asks which, with agencies, and does nothing; one tap does what was typed", async () => {
    const before = await count("tasks");
    const asked = await w.say("Pia", "task @lara Count the boats by next Fri 17:00 tlp:AMBER");
    expect(textOf(asked)).toMatch(/Which @lara do you mean\? Nothing has been done yet\./);
    expect(buttonsOf(asked).map(({ label }) => label)).toEqual(BOTH);
    expect(JSON.stringify(asked)).not.toContain("boats");
    expect(await count("tasks")).toBe(before);
    const done = await tap("Pia", asked, "Lara Croft · Police");
    expect(done && "update" in done).toBe(true);
    expect(textOf(done)).toContain("Lara Croft, Police");
    const task = await w.runtime.store.owner
      .selectFrom("tasks")
      .selectAll()
      .orderBy("number", "desc")
      .executeTakeFirstOrThrow();
    expect(task).toMatchObject({ assignee_id: await personId("UCROFT"), label: "AMBER" });
    expect(task.due_at).not.toBeNull();
    // Answered once.
    expect(textOf(await tap("Pia", asked, "Lara · Labour"))).toMatch(/changed or is gone/);
    expect(await count("tasks")).toBe(before + 1);
  });

  it("asks in the reader's language", async () => {
    expect(textOf(await w.say("Fleur", "task @Lara Compter"))).toMatch(/Qui désignez-vous par «\s@Lara\s»\s\?/);
  });

  it("is nobody else's question to answer", async () => {
    const before = await count("tasks");
    const asked = await w.say("Pia", "task @lara Count the nets");
    expect(textOf(await tap("Omar", asked, "Lara · Labour"))).toMatch(/changed or is gone/);
    const [{ id, value } = { id: "", value: "" }] = buttonsOf(asked);
    for (const forged of [value.replace(/ \d$/, " 9"), value.replace(/ \d$/, ""), "north/x 0", "north/ 0", "north/"])
      expect(textOf(await w.click("Pia", id, forged)), forged).toMatch(/changed or is gone/);
    expect(await count("tasks")).toBe(before);
  });

  it.each<[string, string]>([
    ["a whole name that is also part of another", "task @lara Look"],
    ["in capitals", "task @LARA Look"],
    ["with an accent", "task @Lára Look"],
    ["among supporters of a meeting", "meet Harbour watch tomorrow 10:00 60m with @omar, @lara"],
    ["chairing one", "meet Harbour watch tomorrow 10:00 60m with @labour chair:@lara"],
    ["as a share's recipient, which the form would have at first", "share @lara"],
  ])("%s", async (_, line) => {
    const before = [await count("tasks"), await count("meetings"), await count("shares")];
    expect(buttonsOf(await w.say("Pia", line)).map(({ label }) => label)).toEqual(BOTH);
    expect([await count("tasks"), await count("meetings"), await count("shares")]).toEqual(before);
  });

  it("of a share's recipient opens the form with the one that was tapped", async () => {
    const asked = await w.say("Pia", "share @lara @omar");
    expect(buttonsOf(asked).every(({ opens }) => opens)).toBe(true);
    const form = formOf(await tap("Pia", asked, "Lara · Labour"));
    const field = form.fields.find((one) => "name" in one && one.name === "with");
    expect(field).toMatchObject({
      value: [{ value: `person:${await personId("ULARA")}`, label: "Lara" }, { label: "Omar" }],
    });
  });

  it("can be told apart by typing: the agency behind it, or names that only one has", async () => {
    expect(await w.ask("Pia", "task @lara@labour Look once")).toContain("Lara, Labour");
    expect(await w.ask("Pia", "task @lara.croft Look twice")).toContain("Lara Croft, Police");
    expect(await w.ask("Pia", "task @Croft Look again")).toContain("Lara Croft, Police");
    expect(await w.ask("Pia", "task @lara@border Look")).toMatch(/no agency|nobody/);
  });

  it("of an agency and of a person is asked about too", async () => {
    const asked = await w.say("Pia", "task @marina Look at the quay");
    expect(buttonsOf(asked).map(({ label }) => label)).toEqual(["Marina (@marina)", "Marina Rossi · Labour"]);
    expect(textOf(await tap("Pia", asked, "Marina (@marina)"))).toMatch(/Marina/);
    const task = await w.runtime.store.owner
      .selectFrom("tasks")
      .selectAll()
      .orderBy("number", "desc")
      .executeTakeFirstOrThrow();
    expect(task.assignee_id).toBeNull();
  });

  it("in one agency is told apart by accounts", async () => {
    const labels = buttonsOf(await w.say("Pia", 'away until:"tomorrow 09:00" deputy:@anna')).map(({ label }) => label);
    expect(labels.sort()).toEqual(["Anna Berg · Police · Slack UBERG1", "Anna Berg · Police · Slack UBERG2"]);
    expect(await count("absences")).toBe(0);
  });

  it("for an act of one agency is its own colleague, and strangers only where there is none", async () => {
    await w.ask("Omar", "task @police Check the gate");
    const ref = /T-\d+/.exec(await w.ask("Omar", "task @police Check the door"))?.[0];
    expect(await w.ask("Pia", `give ${ref} @lara`)).toContain("Lara Croft");
    expect(buttonsOf(await w.say("Pia", `give ${ref} @berg`))).toHaveLength(2);
  });

  it("typed into a form is an error under its field", async () => {
    const form = formOf(await w.say("Pia", "task"));
    const reply = await w.submit("Pia", form, { to: "@lara", title: "Look" });
    expect(reply).toMatchObject({ errors: { to: expect.stringMatching(/Lara \(Labour\) or Lara Croft \(Police\)/) } });
  });
});

describe("importing people", () => {
  const csv = (...rows: string[]) => ["name,agency,role,accounts,email", ...rows].join("\n");
  const run = (...rows: string[]) => importPeople(w.runtime, csv(...rows), {});

  it("makes a namesake somebody of their own, who has nothing of the other's, and says so", async () => {
    const ref = /T-\d+/.exec(await w.ask("Pia", "task @Omar Watch the pier tlp:RED"))?.[0] ?? "";
    const { ok, text } = await run("Omar,labour,staff,slack:slack-labour:UOMAR2,");
    expect(ok).toBe(true);
    expect(text).toMatch(/line 2: Labour has another Omar \(slack:slack-labour:UOmar\): they are two people\./);
    expect(text).toContain("slack:slack-labour:UOmar slack:slack-labour:UOMAR2");
    w.enrolled("Omar2", { platform: "slack", tenant: "slack-labour", user: "UOMAR2" });
    expect(await w.ask("Omar2", "inbox")).not.toContain(ref);
    expect(await w.ask("Omar2", ref)).toMatch(/There is no/);
    expect(await w.ask("Omar2", "joiners")).toMatch(/focal point/);
    expect(await personId("UOMAR2")).not.toBe(await personId("UOmar"));
  });

  it("joins accounts that one row names, beside one that is known", async () => {
    expect((await run("Fleur,police,staff,slack:slack-police:UFleur teams:t1:fleur,")).ok).toBe(true);
    expect(await personId("fleur")).toBe(await personId("UFleur"));
    // Again: nothing new.
    const { ok, text } = await run("Fleur,police,staff,teams:t1:fleur slack:slack-police:UFleur,");
    expect([ok, text]).toEqual([true, "1 people are in."]);
  });

  it.each<[string, string, RegExp]>([
    [
      "another name than the account has",
      "Greta,police,staff,slack:slack-police:UFleur slack:x:UG,",
      /is Fleur's \(Police\)/,
    ],
    [
      "accounts of two people",
      "Pia,police,staff,slack:slack-police:UPia slack:slack-police:UFleur,",
      /belong to two people/,
    ],
    [
      "an account of another agency's person",
      "Pia,labour,staff,slack:slack-police:UPia,",
      /another agency|elsewhere|belongs|known/i,
    ],
    ["a name of nothing that shows", "\u202E\u200B,police,staff,slack:x:U1,", /line 2: name is empty/],
    ["an address that is none", "Nina,police,staff,slack:x:U2,nina at police", /not a mail address/],
    ["an account with a control character", "Nina,police,staff,slack:x:U\u00012,", /no control character/],
  ])("refuses %s", async (_, row, why) => {
    const before = await w.runtime.store.owner.selectFrom("accounts").select("user_id").execute();
    const { ok, text } = await run(row);
    expect(ok).toBe(false);
    expect(text).toMatch(why);
    expect(await w.runtime.store.owner.selectFrom("accounts").select("user_id").execute()).toHaveLength(before.length);
  });

  it("cleans what the file says of a person", async () => {
    expect((await run('"Zoe\u202E \uE0000\uE001 Petrou",police,staff,slack:slack-police:UZOE,')).ok).toBe(true);
    const row = await w.runtime.store.owner
      .selectFrom("persons")
      .select("name")
      .where("id", "=", await personId("UZOE"))
      .executeTakeFirst();
    expect(row?.name).toBe("Zoe 0 Petrou");
  });
});

describe("adding an account", () => {
  it("adds the one that was mentioned, by the tap of whoever mentioned it, once", async () => {
    w.enrolled("Newcomer", { platform: "slack", tenant: "slack-police", user: "UNEWCOMER" });
    const asked = await w.say("Pia", "add @Newcomer");
    const [{ id, value } = { id: "", value: "" }] = buttonsOf(asked);
    expect(value).not.toContain("UNEWCOMER");
    // Neither who may not add, nor another focal point of the same agency.
    expect(textOf(await w.click("Fleur", id, value))).toMatch(/point focal/);
    expect(textOf(await w.click("Petra", id, value))).toMatch(/changed or is gone/);
    expect(textOf(await w.click("Omar", id, value))).toMatch(/changed or is gone/);
    expect(await w.ask("Pia", `${id} ${value.slice(value.indexOf("/") + 1)}`)).toContain("UNEWCOMER");
    expect(textOf(await w.click("Pia", id, value))).toMatch(/changed or is gone/);
  });

  it.each([
    "addaccount slack T0ANOTHER U0SOMEBODY staff",
    "addaccount slack T0ANOTHER U0SOMEBODY",
    'addaccount "slack T0ANOTHER U0SOMEBODY staff"',
    "addaccount U0SOMEBODY",
    "addaccount 00000000-0000-4000-8000-000000000000",
  ])("claims nothing that nobody has shown: %s", async (line) => {
    const before = await w.runtime.store.owner.selectFrom("accounts").select("user_id").execute();
    expect(await w.ask("Pia", line)).toMatch(/changed or is gone|was not understood, and nothing was done/);
    expect(await w.runtime.store.owner.selectFrom("accounts").select("user_id").execute()).toEqual(before);
  });

  it("is not done where other organisations read along: whose the account is cannot be seen", async () => {
    w.enrolled("Guest", { platform: "slack", tenant: "slack-police", user: "UGUEST" });
    const conversation = {
      platform: "slack" as const,
      tenant: "slack-police",
      id: "C-shared",
      kind: "channel" as const,
      external: true,
    };
    expect(textOf(await w.say("Pia", "add @Guest", { conversation }))).toMatch(/Other organisations read this channel/);
  });
});
