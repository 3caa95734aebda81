import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../../src/chat/index.js";
import { textOf, World } from "../../world.js";

/** A second account of one's own: one side says it, the other confirms, and nothing is joined before. */

let w: World;
beforeEach(async () => {
  w = await World.create({
    people: { Omar: "labour staff", Eleni: "labour focal_point staff", Pia: "police focal_point staff" },
    lang: { Eleni: "fr" },
  });
  // What the same people use elsewhere: nobody here knows it.
  w.enrolled("Omar2", { platform: "slack", tenant: "slack-labour", user: "UOMAR2" });
  w.enrolled("OmarT", { platform: "teams", tenant: "teams-labour", user: "UOMART" });
  w.enrolled("Eve", { platform: "teams", tenant: "teams-eve", user: "UEVE" });
});
afterEach(() => w.close());

const owner = async (user: string) => {
  const row = await w.runtime.store.owner
    .selectFrom("accounts")
    .innerJoin("persons", "persons.id", "accounts.person_id")
    .select("persons.name")
    .where("accounts.user_id", "=", user)
    .executeTakeFirst();
  return row?.name;
};
type Button = { id: string; label: string; value: string };
const buttonsOf = (reply: Reply | { message: { blocks: readonly object[] } }): Button[] =>
  [...JSON.stringify(reply ?? "").matchAll(/\{"type":"button","id":"(\w+)","label":"([^"]+)","value":"([^"]+)"/g)].map(
    ([, id = "", label = "", value = ""]) => ({ id, label, value }),
  );
const press = (who: string, from: Parameters<typeof buttonsOf>[0], id: string) => {
  const button = buttonsOf(from).find((one) => one.id === id);
  if (!button) throw new Error(`no ${id}`);
  return w.click(who, id, button.value, { conversation: w.from(who).conversation, id: "question" });
};
const codeIn = (text: string) => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(text)?.[0] ?? "";
const told = (who: string) => w.sent.filter(({ person }) => person === `U${who}`).map(({ message }) => message.text);

describe("mentioned from the first account", () => {
  it("is asked when it speaks, and is joined by its own tap alone", async () => {
    expect(await w.ask("Omar", "account @Omar2")).toMatch(/Now write anything to Coord from that account/);
    expect(await owner("UOMAR2")).toBeUndefined();
    const asked = await w.say("Omar2", "inbox");
    expect(textOf(asked)).toMatch(/Omar, Labour, says that this account is theirs too. Is this you\?/);
    // Nobody else's button: neither the asker's, nor a colleague's, nor a stranger's.
    for (const other of ["Omar", "Pia"])
      expect(textOf(await press(other, asked, "accountmine"))).toMatch(/changed or is gone/);
    expect(textOf(await press("Eleni", asked, "accountmine"))).not.toBe("");
    expect(textOf(await press("Eve", asked, "accountmine"))).toMatch(/not known here/);
    expect(await owner("UOMAR2")).toBeUndefined();
    expect(textOf(await press("Omar2", asked, "accountmine"))).toMatch(/Joined: here you are Omar too/);
    expect(await owner("UOMAR2")).toBe("Omar");
    await w.settle();
    expect(told("Omar").join()).toMatch(/Another account is yours from now on, in Slack/);
    expect(told("Omar2").join()).not.toMatch(/Another account/);
    expect(await w.ask("Omar2", "account")).toContain("You are reached here: Slack");
    expect(await w.ask("Pia", "task @Omar Count the boats")).toContain("T-1");
    expect(await w.ask("Omar2", "T-1")).toContain("Count the boats");
  });

  it("says no, or nothing, and stays a stranger", async () => {
    await w.say("Omar", "account @Omar2");
    const asked = await w.say("Omar2", "hello");
    expect(textOf(await press("Omar2", asked, "accountnot"))).toBe("Nothing was joined.");
    expect(textOf(await press("Omar2", asked, "accountmine"))).toMatch(/not known here/);
    expect(textOf(await w.say("Omar2", "hello"))).toMatch(/not known here/);
    await w.say("Omar", "account @Omar2");
    w.clock.moveTo(new Date(w.clock.now().getTime() + 73 * 3_600_000));
    expect(textOf(await w.say("Omar2", "hello"))).toMatch(/not known here/);
    expect(await owner("UOMAR2")).toBeUndefined();
  });

  it("is refused where it is somebody's, one's own already, or where others read along", async () => {
    expect(await w.ask("Omar", "account @Pia")).toMatch(/somebody's already/);
    expect(await w.ask("Omar", "account @Omar")).toMatch(/yours already/);
    expect(await w.ask("Omar", "account slack T1 U1")).toMatch(/is not an account/);
    const conversation = {
      platform: "slack" as const,
      tenant: "slack-labour",
      id: "C1",
      kind: "channel" as const,
      external: true,
    };
    expect(textOf(await w.say("Omar", "account @Omar2", { conversation }))).toMatch(/Other organisations read/);
  });

  it("is joined to nobody who has left meanwhile, and is asked by one alone: the last", async () => {
    await w.say("Omar", "account @Omar2");
    const asked = await w.say("Omar2", "hello");
    await w.say("Eleni", "remove @Omar sure");
    expect(textOf(await press("Omar2", asked, "accountmine"))).toMatch(/changed or is gone/);
    expect(await owner("UOMAR2")).toBeUndefined();
    await w.say("Pia", "account @Eve");
    await w.say("Pia", "account @Omar2");
    expect(textOf(await w.say("Eve", "hello"))).toMatch(/not known here/);
    expect(textOf(await w.say("Omar2", "hello"))).toMatch(/Pia, Police, says/);
  });
});

describe("by a code typed from the second account, on the other platform", () => {
  it("is asked of whoever made the code, and joined by their tap alone", async () => {
    const code = codeIn(await w.ask("Omar", "account code"));
    expect(textOf(await w.say("OmarT", `join ${code}`))).toMatch(/The person who made this code is now asked/);
    expect(await owner("UOMART")).toBeUndefined();
    // To a focal point it is nobody who asks to join.
    expect(await w.ask("Eleni", "joiners")).not.toContain("Omar");
    await w.settle();
    const question = w.sent.find(({ person, message }) => person === "UOmar" && /Was that you/.test(message.text));
    if (!question) throw new Error("not asked");
    for (const other of ["Eleni", "Pia"])
      expect(textOf(await press(other, question, "accountmine"))).toMatch(/changed or is gone|changé/);
    expect(textOf(await press("OmarT", question, "accountmine"))).toMatch(/not known here/);
    expect(textOf(await press("Omar", question, "accountmine"))).toMatch(/The accounts are joined/);
    expect(await owner("UOMART")).toBe("Omar");
    expect(textOf(await press("Omar", question, "accountmine"))).toMatch(/changed or is gone/);
    await w.settle();
    expect(told("Omar").join()).toMatch(/Another account is yours from now on, in Teams/);
    expect(told("Eleni").join()).toMatch(/Omar a rattaché un second compte/);
    expect(told("Pia").join()).not.toMatch(/second account/);
    expect(await w.ask("OmarT", "account")).toMatch(/Slack, Teams|Teams, Slack/);
  });

  it("that somebody else typed is joined to nobody where its maker says no", async () => {
    const code = codeIn(await w.ask("Omar", "account code"));
    await w.say("Eve", `join ${code}`);
    await w.settle();
    const question = w.sent.find(({ person, message }) => person === "UOmar" && /Was that you/.test(message.text));
    if (!question) throw new Error("not asked");
    expect(textOf(await press("Omar", question, "accountnot"))).toBe("Nothing was joined.");
    expect(await owner("UEVE")).toBeUndefined();
    expect(textOf(await w.say("OmarT", `join ${code}`))).toMatch(/code/);
  });

  it("works once, within its time, for nobody who is somebody here, and not after a newer one", async () => {
    const first = codeIn(await w.ask("Omar", "account code"));
    const second = codeIn(await w.ask("Omar", "account code"));
    expect(textOf(await w.say("Eve", `join ${first}`))).not.toMatch(/Whoever made/);
    expect(textOf(await w.say("Pia", `join ${second}`))).toMatch(/somebody's already/);
    expect(textOf(await w.say("Omar", `join ${second}`))).toMatch(/yours already/);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 73 * 3_600_000));
    expect(textOf(await w.say("OmarT", `join ${second}`))).not.toMatch(/Whoever made/);
    expect(await owner("UOMART")).toBeUndefined();
  });
});
