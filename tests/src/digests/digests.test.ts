import { afterEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { World, words } from "../../world.js";
import { open, release } from "../shares/acting.js";

/** Monday 23 November 2026, 10:00 in Athens. */
let w: World;
afterEach(() => w?.close());

const CANARY = "Zephyr quay";
const create = async (lang: Record<string, string> = {}) => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
      Sofia: "secretariat coordinator",
    },
    lang,
  });
  await beat();
};
const beat = async () => {
  await w.runtime.reconciler.moved();
  await w.settle();
};
async function goTo(text: string): Promise<void> {
  w.clock.moveTo(new Date(text));
  await beat();
  w.clock.moveTo(new Date(w.clock.now().getTime() + 4_000));
  await beat();
}
const digests = (name: string) =>
  w.inbox(name).filter(({ message }) => ["Your morning digest", "Votre récapitulatif du matin"].includes(message.text));
const weekly = (name: string) => w.inbox(name).filter(({ message }) => message.text.includes("week by agency"));
const busy = async (by = "Fri 15:00") => {
  await w.say("Maria", `task @Omar ${CANARY} by ${by}`);
  await w.settle();
};

describe("a person's digest", () => {
  it("comes at eight of their own morning on the working days of their agency, with what is on them", async () => {
    await create();
    await busy();
    await goTo("2026-11-24T05:59:00Z");
    expect(digests("Omar")).toHaveLength(0);
    await goTo("2026-11-24T06:00:05Z");
    expect(digests("Omar")).toHaveLength(1);
    expect(words(digests("Omar")[0]?.message ?? never())).toContain("T-1");
    // Nothing is on her, nothing is sent.
    expect(digests("Sofia")).toHaveLength(0);
    await goTo("2026-11-25T06:00:05Z");
    await goTo("2026-11-26T06:00:05Z");
    await goTo("2026-11-27T06:00:05Z");
    expect(digests("Omar")).toHaveLength(4);
    // Saturday and Sunday are off.
    await goTo("2026-11-29T20:00:00Z");
    expect(digests("Omar")).toHaveLength(4);
    await goTo("2026-11-30T06:00:05Z");
    expect(digests("Omar")).toHaveLength(5);
  });

  it("comes at another hour, on other days, in another zone, as asked", async () => {
    await create();
    await busy("Mon 15:00");
    expect(await w.ask("Omar", "digest at:7h30 days:2,3")).toContain("07:30 on Tuesday, Wednesday");
    await goTo("2026-11-24T05:29:00Z");
    expect(digests("Omar")).toHaveLength(0);
    await goTo("2026-11-24T05:30:05Z");
    expect(digests("Omar")).toHaveLength(1);
    // Kathmandu is at UTC+5:45, and the next one was scheduled for Athens.
    await w.ask("Omar", "settings zone:Asia/Kathmandu");
    await goTo("2026-11-25T01:44:00Z");
    expect(digests("Omar")).toHaveLength(1);
    await goTo("2026-11-25T01:45:05Z");
    expect(digests("Omar")).toHaveLength(2);
    await goTo("2026-11-26T20:00:00Z");
    expect(digests("Omar")).toHaveLength(2);
  });

  it("comes no more when it is off, and again when it is on; days alone keep the hour", async () => {
    await create();
    await busy();
    expect(await w.ask("Omar", "digest off")).toContain("digest on");
    await goTo("2026-11-24T09:00:00Z");
    expect(digests("Omar")).toHaveLength(0);
    expect(await w.ask("Omar", "digest on")).toContain("08:00 on working days");
    await goTo("2026-11-25T06:00:05Z");
    expect(digests("Omar")).toHaveLength(1);
    expect(await w.ask("Omar", "digest at:07:30")).toContain("07:30");
    expect(await w.ask("Omar", "digest days:4")).toContain("07:30 on Thursday");
  });

  it("comes once a day, though its hour is changed twice and the queue is lost", async () => {
    await create();
    await busy();
    await goTo("2026-11-24T06:00:05Z");
    await w.ask("Omar", "digest at:09:00");
    await goTo("2026-11-24T07:30:00Z");
    await w.ask("Omar", "digest at:10:00");
    w.queue.waiting.clear();
    await goTo("2026-11-24T09:00:00Z");
    expect(digests("Omar")).toHaveLength(1);
    // The reconciler lays the next one at its sweeps.
    for (let n = 0; n < 21; n++) await beat();
    await goTo("2026-11-25T08:00:05Z");
    expect(digests("Omar")).toHaveLength(2);
  });

  it("comes once, whatever crashes between its firing, its queue and its sending", async () => {
    await create();
    await busy();
    w.clock.moveTo(new Date("2026-11-24T06:00:05Z"));
    await Promise.all(Array.from({ length: 4 }, () => w.runtime.reconciler.moved()));
    let failures = 0;
    w.fail = () => (++failures < 3 ? DeliveryError.passing("away") : undefined);
    await Promise.all(Array.from({ length: 4 }, () => w.settle()));
    w.queue.waiting.clear();
    for (const time of ["06:03", "06:10", "06:20", "06:40"]) await goTo(`2026-11-24T${time}:00Z`);
    expect(digests("Omar")).toHaveLength(1);
    // One a person; what draws it again is no digest of its own.
    const rows = await w.work((work) =>
      work.tx
        .selectFrom("outbox")
        .select("person_id")
        .where("notice", "=", "digest.person")
        .where("card_id", "is", null)
        .execute(),
    );
    expect(new Set(rows.map(({ person_id }) => person_id)).size).toBe(rows.length);
  });

  it("comes once after a week in which everything was down, and not while its reader is away", async () => {
    await create();
    await busy("Mon 30 Nov 15:00");
    w.queue.waiting.clear();
    await goTo("2026-11-30T08:00:00Z");
    expect(digests("Omar")).toHaveLength(1);
    await w.ask("Omar", 'away until:"Thu 09:00"');
    await goTo("2026-12-01T06:00:05Z");
    await goTo("2026-12-02T06:00:05Z");
    expect(digests("Omar")).toHaveLength(1);
    await goTo("2026-12-04T06:00:05Z");
    expect(digests("Omar")).toHaveLength(2);
  });

  it("is set and refused in the reader's language", async () => {
    await create({ Omar: "fr" });
    await busy();
    expect(await w.ask("Maria", "digest at:25:00")).toContain("is not an hour");
    expect(await w.ask("Maria", "digest days:9")).toContain("is not a list of days");
    expect(await w.ask("Omar", "digest at:7h30 days:1,2")).toMatch(/07:30.*lundi, mardi/);
    expect(await w.ask("Omar", "digest at:25:00")).not.toMatch(/is not|hour/);
    expect(await w.ask("Omar", "digest off")).toContain("digest on");
    expect(await w.ask("Omar", "digest on at:07:30")).toContain("07:30");
    await goTo("2026-11-24T05:30:05Z");
    expect(digests("Omar").map(({ message }) => message.text)).toEqual(["Votre récapitulatif du matin"]);
    expect(await w.ask("Omar", "digest")).toContain("T-1");
    expect(await w.ask("Sofia", "digest")).toContain("nothing to tell");
  });
});

describe("the body's digest", () => {
  it("comes to the desk once a week in figures by agency, with no word of any task", async () => {
    await create();
    await busy("Tue 15:00");
    await w.say("Maria", `task @Omar ${CANARY} of the second kind by Fri 15:00 tlp:amber`);
    await w.say("Maria", `task @Omar ${CANARY} sealed by Fri 15:00 tlp:red`);
    await w.settle();
    await goTo("2026-11-29T20:00:00Z");
    expect(weekly("Sofia")).toHaveLength(0);
    await goTo("2026-11-30T07:00:05Z");
    expect(weekly("Sofia")).toHaveLength(1);
    const said = words(weekly("Sofia")[0]?.message ?? never());
    // RED is counted nowhere.
    expect(said).toMatch(/Labour \| open 2, late 2, not answered 2; in the last seven days opened 2, closed 0/);
    expect(JSON.stringify(weekly("Sofia"))).not.toContain(CANARY);
    expect(weekly("Maria")).toHaveLength(0);
    await goTo("2026-12-01T09:00:00Z");
    expect(weekly("Sofia")).toHaveLength(1);
    await goTo("2026-12-07T07:00:05Z");
    expect(weekly("Sofia")).toHaveLength(2);
  });

  it("comes on another day and hour as the desk says, and only the desk says", async () => {
    await create();
    await busy();
    expect(await w.ask("Maria", "digest body at:07:00 days:3")).not.toContain("Wednesday");
    expect(await w.ask("Sofia", "digest body at:07:00 days:3")).toContain("Wednesday at 07:00");
    await goTo("2026-11-25T05:00:05Z");
    expect(weekly("Sofia")).toHaveLength(1);
    await goTo("2026-11-30T09:00:00Z");
    expect(weekly("Sofia")).toHaveLength(1);
  });

  it("waits over a day off of the body, and of each who reads it; its day is a working day", async () => {
    await create();
    await busy();
    expect(await w.ask("Sofia", "digest body days:6")).toContain("Saturday is a day off");
    const { owner } = w.runtime.store;
    await owner
      .updateTable("bodies")
      .set({ holidays_added: ["2026-11-30"] })
      .execute();
    await w.ask("Sofia", "digest body at:09:00 days:1");
    await goTo("2026-11-30T21:00:00Z");
    expect(weekly("Sofia")).toHaveLength(0);
    await goTo("2026-12-01T07:00:05Z");
    expect(weekly("Sofia")).toHaveLength(1);
    // The week after it is Monday again, a holiday of hers.
    await owner
      .updateTable("agencies")
      .set({ holidays_added: ["2026-12-07"] })
      .execute();
    await goTo("2026-12-07T21:00:00Z");
    expect(weekly("Sofia")).toHaveLength(1);
    await goTo("2026-12-08T07:00:05Z");
    expect(weekly("Sofia")).toHaveLength(2);
  });

  it("counts whatever waits for an agency, late work first", async () => {
    await create();
    await w.say("Maria", "task @Omar Count the boats by Tue 15:00");
    await w.say("Sofia", "task @Maria Count the cars by Fri 15:00");
    await w.say("Sofia", "task @Maria Count the lorries by Fri 15:00");
    await release(w, "Eleni", "@police", {}, { title: "Lorries", content: "Plates" });
    await w.ask("Omar", "accept T-1");
    await goTo("2026-11-25T07:00:05Z");
    const said = await w.ask("Sofia", "digest body");
    expect(said).toContain("Labour | open 1, late 1, not answered 0; in the last seven days opened 1, closed 0");
    expect(said).toContain("Police | open 3, late 0, not answered 2; in the last seven days opened 2, closed 0");
    expect(said.indexOf("Labour")).toBeLessThan(said.indexOf("Police"));
    await w.ask("Omar", "done T-1 Three");
    expect(await w.ask("Sofia", "digest body")).toContain("Police | open 4, late 0");
  });

  it("does not come where nothing was done", async () => {
    await create();
    await goTo("2026-11-30T07:00:05Z");
    expect(weekly("Sofia")).toHaveLength(0);
    expect(await w.ask("Sofia", "digest body")).toContain("nothing to tell");
  });
});

describe("an agency's week", () => {
  const bind = (name: string, agency: string, external: boolean) => {
    const { platform, tenant } = w.account(name);
    const conversation = {
      platform,
      tenant,
      id: `C-${agency}`,
      kind: "channel" as const,
      ...(external ? { external } : {}),
    };
    return w.say(name, `bind @${agency}`, { conversation });
  };
  const weeks = (agency: string) =>
    w.sent.filter(({ place, message }) => place === `C-${agency}` && message.text.endsWith(": your week"));

  it("comes to its channel with the body's digest, in figures, until its focal point says no", async () => {
    await create();
    await bind("Eleni", "labour", false);
    await busy("Tue 15:00");
    await w.say("Maria", `task @Omar ${CANARY} sealed by Fri 15:00 tlp:red`);
    await goTo("2026-11-30T07:00:05Z");
    expect(weeks("labour").map(({ message }) => words(message))).toEqual([
      [
        "Labour: your week",
        "open 1, late 1, not answered 1; in the last seven days opened 1, closed 0",
        "tasks you asked of others 0; shares not opened 0, outcomes you owe 0, figures of the plan you owe 0; meetings in the next seven days 0",
        "[What waits for me]",
      ].join("\n"),
    ]);
    expect(await w.ask("Eleni", "digest agency")).toContain("open 1, late 1");
    expect(await w.ask("Omar", "digest agency weekly:off")).toContain("focal point");
    expect(await w.ask("Eleni", "digest agency weekly:off")).toContain("digest agency weekly:on");
    await goTo("2026-12-07T07:00:05Z");
    expect(weeks("labour")).toHaveLength(1);
    await w.ask("Eleni", "digest agency weekly:on");
    await goTo("2026-12-14T07:00:05Z");
    expect(weeks("labour")).toHaveLength(2);
  });

  it("does not come where guests read along, nor where there is nothing to tell", async () => {
    await create();
    await bind("Eleni", "labour", true);
    await bind("Maria", "police", false);
    await w.say("Sofia", "task @Omar Count the crossings by Tue 15:00");
    await goTo("2026-11-30T07:00:05Z");
    expect([weeks("labour"), weeks("police")]).toEqual([[], []]);
  });

  it("counts no meeting and no information under RED, nor a meeting at which one is a guest alone", async () => {
    await create();
    const said = { title: "Lorries", content: "Plates" };
    const ref = await release(w, "Maria", "@labour", {}, said);
    expect(await w.ask("Sofia", "meet Joint 2026-11-25 10:00 60m with @labour")).toContain("M-1 is called");
    const { owner } = w.runtime.store;
    await open(w, "Eleni", ref);
    await owner.updateTable("share_recipients").set({ outcome_due: w.clock.now() }).execute();
    w.clock.moveTo(new Date(w.clock.now().getTime() + 60_000));
    const figures = async () => {
      const text = await w.ask("Eleni", "digest agency");
      return [/outcomes you owe (\d+)/.exec(text)?.[1] ?? "0", /next seven days (\d+)/.exec(text)?.[1] ?? "0"];
    };
    expect(ref).toBe(`I-${(await owner.selectFrom("shares").select("number").executeTakeFirstOrThrow()).number}`);
    expect(await figures()).toEqual(["1", "1"]);
    await owner.updateTable("invitees").set({ guest: true }).execute();
    expect(await figures()).toEqual(["1", "0"]);
    await owner.updateTable("invitees").set({ guest: false }).execute();
    await owner.updateTable("meetings").set({ label: "RED" }).execute();
    expect(await figures()).toEqual(["1", "0"]);
    await owner.updateTable("meetings").set({ label: "GREEN" }).execute();
    await owner.updateTable("shares").set({ label: "RED" }).execute();
    expect(await figures()).toEqual(["0", "1"]);
  });

  it("tells of nothing but an overdue figure of the plan", async () => {
    await create();
    await bind("Eleni", "labour", false);
    await w.say("Sofia", "plan add protection Shelter for all by 2029-12-31 lead:@labour");
    await w.say(
      "Sofia",
      'plan indicator O-1 Places unit:places from:10 to:50 every:once source:"Register" answers:@labour due:2026-11-25',
    );
    await goTo("2026-11-30T07:00:05Z");
    expect(weeks("labour").map(({ message }) => words(message))).toEqual([
      expect.stringContaining("figures of the plan you owe 1"),
    ]);
  });
});

function never(): never {
  throw new Error("there is none");
}
