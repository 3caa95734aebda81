import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Reply } from "../../../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import { heldById } from "../../../src/meetings/store.js";
import { findPersons } from "../../../src/people/store.js";
import { sightOfMeeting } from "../../../src/policy/index.js";
import { CANARY } from "../../canary.js";
import { textOf, World, ZONE } from "../../world.js";
import { TRAINING_COMMANDS } from "../leaks/rows.js";

/**
 * A session is known to every member, its meeting to those asked: nothing of what the meeting says, and not that there
 * is one of this reference, reaches anybody else by way of training.
 */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Grace: "iom focal_point staff teams",
  Sofia: "secretariat coordinator",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Raul: "secretariat rapporteur",
  Olga: "ngo observer",
  Adam: "police admin",
};
type Name = keyof typeof PEOPLE;
const READERS = Object.keys(PEOPLE) as Name[];

const TITLE = "zqtitleqz";
const PLACE = "zqplaceqz";
const AGENDA = "zqagendaqz";

let w: World;
beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["ngo"] });
  await w.ask("Petros", "training need interviewing First contact");
  await w.ask("Grace", "training offer interviewing Two days");
  await w.ask("Maria", "training take K-1 K-2");
  await w.ask("Maria", `training session K-1 Thu 10:00 3h with @police, @iom seats:1 place:${PLACE}`);
  await w.ask("Maria", `meet edit M-1 ${TITLE}`);
  await w.ask("Maria", `agenda add M-1 ${AGENDA}`);
  await w.settle();
  await w.ask("Petros", "training enrol K-3");
  await w.settle();
}, 300_000);
afterAll(() => w.close());

const everything = (reply: Reply): string => JSON.stringify(reply ?? "nothing");

async function knowsTheMeeting(name: Name): Promise<boolean> {
  return w.work(async (work) => {
    const row = await work.tx.selectFrom("occurrences").select("id").executeTakeFirstOrThrow();
    const held = await heldById(work, row.id);
    const person = (await findPersons(work.tx, {})).find((one) => one.name === name);
    if (!held || !person) throw new Error("nothing to look at");
    return sightOfMeeting(person, held.meeting.subject) !== "none";
  });
}

/** Every command of training, as it would be typed about the session. */
const LINES: Record<string, string> = {
  training: "training",
  "training-need": "training need maritime Boarding",
  "training-offer": "training offer maritime Boarding",
  "training-show": "K-3",
  "training-take": "training take K-1 K-2",
  "training-withdraw": "training withdraw K-3",
  "training-session": "training session K-3 tomorrow 11:00",
  "training-enrol": "training enrol K-3",
  "training-leave": "training leave K-3",
  "training-evaluate": "training evaluate K-3 5 5 5",
  "training-follow": "training follow K-3 yes",
  library: "library",
  "library-add": "library add https://www.example.org/a Guide",
  "library-remove": "library remove 1",
};

describe("training", () => {
  it("has a line for every command of it", () => {
    expect(Object.keys(LINES).sort()).toEqual([...TRAINING_COMMANDS].sort());
    const ours = registry.commands.filter(({ group }) => group === "training").map(({ name }) => name);
    expect(ours.sort()).toEqual([...TRAINING_COMMANDS].sort());
  });

  it.each(READERS)("shows %s nothing of the session's meeting", async (name) => {
    const knows = await knowsTheMeeting(name);
    const own = Object.entries(LINES).filter(
      // The one place stays taken: whoever comes after stands in line, and that is no invitation.
      ([command]) => command !== "training-withdraw" && !(name === "Petros" && command === "training-leave"),
    );
    for (const line of [...own.map(([, line]) => line), "training sessions", "training mine"]) {
      const said = everything(await w.say(name, line));
      expect(said, line).not.toMatch(CANARY);
      if (!knows) expect(said, line).not.toMatch(/\bM-1\b/);
    }
    await w.settle();
    expect(await knowsTheMeeting(name)).toBe(knows);
    const told = JSON.stringify(w.inbox(name).map(({ message }) => message));
    if (!knows) expect(told).not.toMatch(new RegExp(`${CANARY.source}|\\bM-1\\b`));
  });

  it("does show the day to all of them, and the meeting to those who know it", async () => {
    expect(await Promise.all((["Maria", "Eleni", "Raul", "Olga"] as const).map(knowsTheMeeting))).toEqual([
      ...[true, false, false, false],
    ]);
    for (const name of READERS.filter((one) => one !== "Adam"))
      expect(textOf(await w.say(name, "K-3")), name).toContain("When: Thu 26 Nov 10:00");
    expect(textOf(await w.say("Grace", "K-3"))).toContain("Meeting: M-1");
    expect(textOf(await w.say("Raul", "K-3"))).not.toContain("M-1");
  });

  it("shows in a channel with guests no words that are GREEN", async () => {
    const conversation = { platform: "teams", tenant: "teams-iom", id: "C1", kind: "channel", external: true } as const;
    const said = textOf(await w.say("Grace", "K-2", { conversation }));
    expect(said).toContain("K-2 · Interviewing");
    expect(said).not.toContain("Two days");
    expect(textOf(await w.say("Grace", "training mine", { conversation }))).not.toContain("Two days");
  });

  it("answers alike of what does not exist and of what is another body's", async () => {
    await initBody(w.runtime, { name: "South", slug: "south", zone: ZONE, lang: "en" });
    await addAgency(w.runtime, "coast", { name: "Coast", zone: ZONE, body: "south" });
    await linkPerson(w.runtime, "coast", {
      name: "Sven",
      account: ["slack:slack-coast:USven"],
      role: ["focal_point", "staff"],
      zone: ZONE,
      body: "south",
    });
    w.enrolled("Sven", { platform: "slack", tenant: "slack-coast", user: "USven" });
    await w.ask("Sven", "library add https://www.example.org/zqsouthqz zqsouthqz");
    expect(everything(await w.say("Grace", "library"))).not.toContain("zqsouthqz");
    for (const [name, line] of Object.entries(LINES)) {
      if (!line.includes("K-")) continue;
      const there = line.replace(/K-\d/, "K-3").replace(/K-\d$/, "K-3");
      const nowhere = there.replaceAll("K-3", "K-99");
      const alike = (reply: Reply) => everything(reply).replace(/K-\d+/g, "K-#");
      expect(alike(await w.say("Sven", there)), name).toBe(alike(await w.say("Sven", nowhere)));
    }
  });
});
