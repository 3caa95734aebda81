import { afterEach, describe, expect, it } from "vitest";
import { formOf, textOf, World, words } from "../../world.js";

/** From a need and an offer to what was put into practice, on two platforms. Monday 23 November 2026, 10:00 in Athens. */
const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Nikos: "police staff",
  Grace: "iom focal_point staff teams",
  Omar: "iom staff teams",
  Eleni: "labour focal_point staff teams",
  Raul: "secretariat rapporteur",
  Olga: "ngo observer",
  Adam: "police admin",
};
type Name = keyof typeof PEOPLE;
/** Time passes in one step: what fell due meanwhile fires then. */
const LEAP = 100_000;

let w: World;
afterEach(() => w?.close());

const news = (name: Name) => w.inbox(name).map(({ message }) => words(message));
const card = (name: Name, ref: string) => words(w.card(name, ref).message);
const event = async (action: string) =>
  (
    await w.runtime.store.owner
      .selectFrom("events")
      .select(["detail", "code", "actor_id"])
      .where("action", "=", action)
      .orderBy("id")
      .execute()
  ).map(({ detail, code }) => ({ ...(detail as object), ...(code ? { code } : {}) }));

const NEED = "training need interviewing Interviewing children at first contact by 31 March people:12 langs:fr";
const OFFER =
  'training offer interviewing A course of two days from:"1 March" until:"30 June" people:20 langs:fr,en provider:"Training Institute"';

async function matched(): Promise<void> {
  w = await World.create({ people: PEOPLE, observers: ["ngo"] });
  expect(await w.ask("Petros", NEED)).toMatch(/^K-1 is entered/);
  expect(await w.ask("Omar", OFFER)).toMatch(/^K-2 is entered/);
  await w.settle();
}

/** Presses Take up beside what fits. */
async function takeUp(name: Name, ref: string) {
  const sent = w.card(name, ref);
  const lines = sent.message.blocks.flatMap((block) => (block.type === "list" ? block.items : []));
  const action = lines.find((line) => line.action?.id === "training-take")?.action;
  if (!action) throw new Error(`nothing to take up on ${ref}`);
  expect(action.label).toBe("Take up");
  return w.click(name, action.id, action.value ?? "", sent.ref);
}

/** A session on Thursday at 10:00. */
async function called(more = ""): Promise<void> {
  await matched();
  await takeUp("Grace", "K-2");
  await w.settle();
  expect(await w.ask("Maria", `training session K-1 Thu 10:00 3h with @police, @iom, @labour ${more}`)).toMatch(
    /^K-3 is called for Thu 26 Nov 10:00, 180 min as M-1/,
  );
  await w.settle();
}

/** @param hours after ten on Thursday */
async function held(present: Name[], hours = 0): Promise<void> {
  await w.pass({ days: 3, hours }, LEAP);
  expect(await w.ask("Maria", "start M-1")).toContain("M-1 has begun");
  for (const name of present) await w.say("Maria", `present M-1 @${name}`);
  expect(await w.ask("Maria", "end M-1")).toMatch(/^M-1 is over/);
  await w.settle();
}

describe("training", () => {
  it("shows on both cards what fits and why, and is taken up by a person alone", async () => {
    await matched();
    expect(card("Petros", "K-1")).toContain("K-2 of @iom fits: same topic, French, March 2027, room for 12 people");
    expect(card("Maria", "K-1")).toContain("[Withdraw]");
    expect(card("Grace", "K-2")).toContain("K-1 of @police fits: same topic, French, March 2027, room for 12 people");
    expect(card("Grace", "K-2")).toContain("Given by: Training Institute");
    expect(news("Petros").join()).toContain("K-2 of Iom fits your K-1 · Interviewing");
    // Who belongs to neither sees what there is, and no suggestion.
    const other = textOf(await w.say("Eleni", "K-1"));
    expect(other).toContain("Interviewing children at first contact");
    expect(other).not.toContain("fits");
    expect(await w.ask("Eleni", "training take K-1 K-2")).toContain(
      "That step on K-1 is for the other agency (Police)",
    );
    expect(await w.ask("Grace", "training take K-2 K-2")).toContain("A need and an offer are taken up together");
    expect(textOf(await takeUp("Grace", "K-2"))).toContain("Taken up with K-1 of @police");
    expect(await w.ask("Maria", "training take K-1 K-2")).toContain("K-1 has moved on: matched");
    await w.settle();
    expect(news("Maria").join()).toContain("Grace (Iom) took up K-1 · Interviewing with K-2 of Iom");
    expect(news("Omar").join()).toContain("took up K-2 · Interviewing with K-1 of Police");
    expect(card("Petros", "K-1")).toContain("Taken up with K-2 of @iom");
    // Taken back, the other side stands open again and hears of it.
    expect(await w.ask("Petros", "training withdraw K-2")).toContain("That step on K-2 is for the other agency (Iom)");
    expect(await w.ask("Omar", "training withdraw K-2")).toBe("K-2 is withdrawn.");
    await w.settle();
    expect(news("Maria").join()).toContain("K-2 of Iom is withdrawn: K-1 · Interviewing is no longer matched");
    expect(card("Petros", "K-1")).toContain("State: Open");
    expect(await event("training.need")).toMatchObject([{ agency: "police", topic: "interviewing", people: 12 }]);
    expect(await event("training.offer")).toMatchObject([{ agency: "iom", provider: "outside" }]);
    expect(await event("training.matched")).toMatchObject([{ agency: "police", with: "iom", offer: "K-2" }]);
  });

  it("asks in a form what a line left out, and says what is wrong with what was typed", async () => {
    w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: { Eleni: "fr" } });
    const form = formOf(await w.say("Eleni", "training need"));
    expect(form.intro).toContain("GREEN");
    expect(form.fields.map((field) => ("name" in field ? field.name : ""))).toEqual(
      expect.arrayContaining(["topic", "words", "by", "langs", "role", "label"]),
    );
    const done = await w.submit("Eleni", form, {
      topic: "maritime",
      words: "Arraisonner en sécurité",
      langs: ["fr", "en"],
      role: "transit",
      country: "gr",
    });
    expect(textOf(done)).toContain("K-1 est enregistré");
    await w.settle();
    expect(card("Eleni", "K-1")).toContain("Organisme: Labour, Grèce (pays de transit)");
    expect(await w.ask("Maria", "training need maritime Boarding tlp:AMBER")).toContain("is too strict or no label");
    expect(await w.ask("Maria", "training need maritime Boarding country:Greece")).toContain("country:GR");
    expect(await w.ask("Maria", 'training offer maritime Boarding from:"30 June" until:"1 March"')).toContain(
      "The end must be after the beginning",
    );
    expect(await w.ask("Maria", "training need cooking Boarding")).toContain("[form");
    expect(await w.ask("Olga", "training need maritime Boarding")).toContain("That is for: staff");
    expect(await w.ask("Maria", "training session K-1 when the moon is full")).toMatch(/is not|Give/);
    expect(await w.ask("Maria", "training enrol K-1")).toContain("K-1 is not a session");
    expect(await w.ask("Sofia", "training session K-1 first Tue of March 10:00 3h")).toMatch(
      /^K-2 is called for Tue 2 Mar 2027 10:00, 180 min as M-1/,
    );
    expect(await w.ask("Sofia", "training session K-1 every first Tue 10:00")).toContain("A session is held once");
    expect(await w.ask("Maria", "K-9")).toBe("There is no K-9 for you here. Type training to see what there is.");
    expect(await w.ask("Raul", "K-1")).toContain("Arraisonner");
    expect(await w.ask("Adam", "K-1")).toBe(await w.ask("Adam", "K-9"));
  });

  it("holds a session as a meeting, whose attendance is the training's", async () => {
    await called("seats:5");
    expect(card("Maria", "K-3")).toContain("When: Thu 26 Nov 10:00, 180 min");
    expect(card("Maria", "M-1")).toContain("Interviewing (training)");
    expect(card("Maria", "K-1")).toContain("Sessions: K-3");
    expect(await w.ask("Petros", "training enrol K-3")).toContain("You have a place in K-3");
    await w.settle();
    expect(card("Petros", "M-1")).toContain("Your answer: yes");
    expect(await w.ask("Grace", "training enrol K-3 @Omar")).toBe("Omar has a place in K-3.");
    expect(await w.ask("Grace", "training enrol K-3 @Petros")).toContain("by the focal point of their own agency");
    expect(await w.ask("Omar", "training enrol K-3 @Grace")).toContain("by the focal point of their own agency");
    expect(await w.ask("Petros", "training evaluate K-3 5 5 5")).toContain("K-3 was not held yet");
    // Moved, its card says the new day by itself.
    await w.say("Maria", "meet move M-1 Thu 14:00");
    await w.settle();
    expect(card("Petros", "K-3")).toContain("When: Thu 26 Nov 14:00");
    await held(["Petros", "Omar", "Nikos"], 4);
    expect(await event("training.held")).toEqual([
      expect.objectContaining({ agency: "police", topic: "interviewing", people: 4, agencies: 2 }),
    ]);
    expect(await event("training.attended")).toEqual([
      expect.objectContaining({ agency: "iom", topic: "interviewing", people: 1 }),
      expect.objectContaining({ agency: "police", topic: "interviewing", people: 3 }),
    ]);
    expect(card("Maria", "K-3")).toContain("Present: Iom 1, Police 3");
    expect(card("Petros", "K-1")).toContain("State: Met");
    expect(card("Omar", "K-2")).toContain("State: Met");
    expect(textOf(await w.say("Raul", "training held"))).toContain("K-3");
    expect(await w.ask("Nikos", "training enrol K-3")).toContain("K-3 has moved on: met");
  });

  it("asks each who was there once, and shows averages from five answers on, without names", async () => {
    await called();
    await held(["Petros", "Nikos", "Omar", "Grace"]);
    await w.pass({ days: 1, hours: 6 }, LEAP);
    const asked: Name[] = ["Maria", "Petros", "Nikos", "Omar", "Grace"];
    for (const name of asked) expect(news(name).join(), name).toContain("Reminder: how was the session?");
    expect(news("Eleni").join()).not.toContain("how was the session");
    const form = formOf(await w.press("Petros", w.last("Petros"), "Evaluate"));
    const sent = await w.submit("Petros", form, {
      usefulness: "5",
      relevance: "4",
      trainer: "3",
      words: "zqwordsqz",
    });
    expect(textOf(sent)).toContain("Thank you");
    expect(await w.ask("Petros", "training evaluate K-3 1 1 1")).toContain("You have answered about K-3 already");
    expect(await w.ask("Eleni", "training evaluate K-3 1 1 1")).toContain("You are not recorded as present");
    expect(await w.ask("Nikos", "training evaluate K-3 6 1 1")).toMatch(/\[form|is not among/);
    for (const name of ["Nikos", "Omar", "Grace"] as const)
      expect(await w.ask(name, "training evaluate K-3 4 4 4")).toContain("Thank you");
    await w.settle();
    expect(card("Maria", "K-3")).toContain("Evaluation: fewer than 5 answers");
    expect(card("Maria", "K-3")).not.toContain("zqwordsqz");
    expect(await w.ask("Maria", "training evaluate K-3 5 5 2")).toContain("Thank you");
    await w.settle();
    expect(card("Maria", "K-3")).toContain(
      "Evaluation, of 5, from 5 answers: Usefulness 4.4, Relevance 4.2, Trainer 3.4",
    );
    expect(card("Maria", "K-3")).toContain("zqwordsqz");
    expect(card("Maria", "K-3")).not.toMatch(/zqwordsqz.*Petros|Petros.*zqwordsqz/);
    const others = textOf(await w.say("Omar", "K-3"));
    expect(others).toContain("from 5 answers");
    expect(others).not.toContain("zqwordsqz");
    // Nowhere in the clear: not in the table, the events or what waited to be sent.
    const { owner } = w.runtime.store;
    const rest = JSON.stringify([
      await owner.selectFrom("training_evaluations").selectAll().execute(),
      await owner.selectFrom("events").selectAll().execute(),
      await owner.selectFrom("outbox").selectAll().execute(),
    ]);
    expect(rest).not.toContain("zqwordsqz");
    expect(await event("training.evaluated")).toHaveLength(5);
    expect(JSON.stringify(await event("training.evaluated"))).not.toMatch(/usefulness|relevance|"trainer"/);
    await w.pass({ days: 3 }, LEAP);
    // Asked once, and answered meanwhile.
    expect(news("Petros").filter((text) => text.includes("how was the session"))).toEqual([]);
    expect(news("Petros").filter((text) => text.includes("This reminder is settled"))).toHaveLength(1);
  });

  it("asks each agency's focal point after some months what was put into practice", async () => {
    await called("follow:30");
    await held(["Petros", "Omar"]);
    await w.pass({ days: 28 }, LEAP);
    expect(news("Grace").join()).not.toContain("what was put into practice");
    await w.pass({ days: 5 }, LEAP);
    for (const name of ["Maria", "Grace"] as const)
      expect(news(name).join()).toContain("Reminder: what was put into practice?");
    expect(news("Petros").join()).not.toContain("what was put into practice");
    expect(news("Eleni").join()).not.toContain("what was put into practice");
    const asked = w.inbox("Grace").findLast(({ message }) => message.text.includes("put into practice"));
    if (!asked) throw new Error("not asked");
    await w.press("Grace", asked, "Partly");
    expect(await w.ask("Maria", "training follow K-3 yes Two posts use the new questions")).toContain("is recorded");
    expect(await w.ask("Eleni", "training follow K-3 yes")).toContain("for the focal points of the agencies");
    expect(await w.ask("Petros", "training follow K-3 yes")).toContain("for the focal points of the agencies");
    await w.settle();
    expect(card("Maria", "K-3")).toContain("Put into practice, by agency: yes 1, partly 1, no 0");
    expect(await event("training.followed")).toEqual([
      expect.objectContaining({ agency: "iom", code: "partly" }),
      expect.objectContaining({ agency: "police", code: "yes" }),
    ]);
  });

  it("gives a freed place to the first in line, who hears of it", async () => {
    await called("seats:2");
    expect(await w.ask("Petros", "training enrol K-3")).toContain("You have a place");
    expect(await w.ask("Omar", "training enrol K-3")).toContain("You have a place");
    expect(await w.ask("Nikos", "training enrol K-3")).toContain("You are number 1 in line");
    expect(await w.ask("Eleni", "training enrol K-3")).toContain("You are number 2 in line");
    expect(await w.ask("Eleni", "training enrol K-3")).toContain("You are number 2 in line");
    await w.settle();
    expect(card("Maria", "K-3")).toContain("Places: 2 of 2 taken, 2 in line");
    expect(card("Maria", "K-3")).toContain("Nikos (1. in line)");
    // A colleague's name is for the focal point; another agency's for nobody but who runs it.
    expect(textOf(await w.say("Grace", "K-3"))).not.toContain("Petros");
    expect(await w.ask("Petros", "training leave K-3")).toContain("Your place in K-3 is given up");
    await w.settle();
    expect(news("Nikos").join()).toContain("You have a place in K-3");
    expect(card("Nikos", "M-1")).toContain("Your answer: yes");
    expect(news("Eleni").join()).not.toContain("one was free");
    // A no on the meeting's card gives up the place too.
    await w.press("Omar", w.card("Omar", "M-1"), "No");
    await w.settle();
    expect(news("Eleni").join()).toContain("You have a place in K-3");
    expect(await w.ask("Petros", "training leave K-3")).toContain("There is no place to give up");
    expect(await w.ask("Petros", "training enrol K-3")).toContain("You are number 1 in line");
    expect(await event("training.enrolled")).toMatchObject([
      { agency: "police", waiting: false },
      { agency: "iom", waiting: false },
      { agency: "police", waiting: true },
      { agency: "labour", waiting: true },
      { agency: "police", waiting: true },
    ]);
    // Called off, it takes nobody any more.
    expect(await w.ask("Maria", "training withdraw K-3")).toContain("K-3 is called off with its meeting");
    expect(await w.ask("Olga", "training enrol K-3")).toContain("K-3 has moved on");
  });

  it("gives no place twice, however many come at once", async () => {
    await called("seats:2");
    const names: Name[] = ["Petros", "Nikos", "Omar", "Grace", "Eleni", "Olga"];
    const answers = await Promise.all(names.map((name) => w.ask(name, "training enrol K-3")));
    expect(answers.filter((text) => text.includes("You have a place"))).toHaveLength(2);
    const turns = answers.flatMap((text) => /number (\d) in line/.exec(text)?.[1] ?? []);
    expect(turns.sort()).toEqual(["1", "2", "3", "4"]);
    const placed = names.filter((_, n) => answers[n]?.includes("You have a place"));
    await Promise.all(placed.map((name) => w.ask(name, "training leave K-3")));
    const rows = await w.runtime.store.owner.selectFrom("training_enrolments").select(["state", "place"]).execute();
    expect(rows.filter(({ state }) => state === "enrolled")).toHaveLength(2);
    expect(new Set(rows.map(({ place }) => place)).size).toBe(rows.length);
  });

  it("lapses when its time is over, and lists what is open by topic and country", async () => {
    w = await World.create({ people: PEOPLE, observers: ["ngo"], agencies: ["frontex"] });
    await w.ask("Maria", "training need maritime Boarding by Fri 12:00 country:GR");
    for (let n = 0; n < 11; n++) await w.ask("Petros", `training need interviewing Words ${n} country:IT`);
    const all = textOf(await w.say("Olga", "training"));
    expect(all).toContain("Open needs (12)");
    expect(all).toContain("Open offers (0)");
    const page = await w.say("Raul", "training needs topic:interviewing country:IT page:2");
    expect(textOf(page)).toContain("11 of 11.");
    expect(textOf(page)).toContain("Words 0");
    expect(textOf(page)).not.toContain("Boarding");
    await w.pass({ days: 5 }, LEAP);
    expect(news("Maria").join()).toContain("Reminder: its time is over, and nobody took it up");
    expect(card("Maria", "K-1")).toContain("State: Lapsed");
    expect(await event("training.lapsed")).toMatchObject([{ agency: "police", topic: "maritime", country: "GR" }]);
    expect(textOf(await w.say("Raul", "training needs topic:maritime"))).toContain("Nothing here");
    // Entered for an agency that has nobody here, a need says so in the record, as a task does.
    expect(await w.ask("Sofia", "for @frontex training need maritime Boarding small vessels")).toContain("is entered");
    await w.ask("Sofia", "for @frontex task @police Send the list by Fri 12:00");
    for (const action of ["training.need", "task.asked"])
      expect((await event(action)).at(-1)).toMatchObject({ onBehalf: "frontex" });
  });
});

describe("the library", () => {
  it("has the annex's tools, and what agencies add, found by words, topic, language and publisher", async () => {
    w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: { Eleni: "fr" } });
    const all = textOf(await w.say("Olga", "library"));
    expect(all).toContain("Library (7)");
    expect(all).toContain("Mutual Legal Assistance Request Writer Tool");
    expect(textOf(await w.say("Olga", "library model law"))).toContain("Library (1)");
    expect(textOf(await w.say("Olga", "library arabic"))).toContain("Toolkit to Combat Smuggling of Migrants");
    expect(textOf(await w.say("Eleni", "library entretiens"))).toContain("In-depth Training Manual");
    expect(textOf(await w.say("Olga", "library unodc manual 2010"))).toContain("Library (1)");
    expect(textOf(await w.say("Olga", "library zqnothingqz"))).toContain("Nothing in the library fits that");
    expect(
      await w.ask(
        "Petros",
        "library add https://www.example.org/guide Guide to 100% interviews topics:interviewing langs:el",
      ),
    ).toBe("Number 1 is in the library.");
    expect(await w.ask("Petros", "library add http://www.example.org/guide Guide")).toMatch(/https|\[form/);
    const form = formOf(await w.say("Petros", "library add"));
    expect(textOf(await w.submit("Petros", form, { url: "ftp://x", title: "Guide" }))).toContain(
      "is not an address that begins with https://",
    );
    expect(textOf(await w.say("Grace", "library greek"))).toContain("Guide to 100% interviews");
    expect(textOf(await w.say("Grace", "library 100% guide"))).toContain("Library (1)");
    expect(textOf(await w.say("Grace", "library police"))).toContain("added by Police");
    expect(await w.ask("Grace", "library remove 1")).toBe(
      await w.ask("Grace", "library remove 9").then((text) => text.replace("9", "1")),
    );
    expect(await w.ask("Petros", "library remove 1")).toBe("Number 1 is no longer in the library.");
    expect(textOf(await w.say("Grace", "library guide"))).toContain("Nothing in the library");
    for (let n = 0; n < 15; n++) await w.ask("Petros", `library add https://www.example.org/${n} Sheet ${n}`);
    const second = textOf(await w.say("Olga", "library page:2"));
    expect(second).toMatch(/11–20 of \d+\. *\n\[More\]/);
    expect(second).toContain("Sheet 11");
    expect(second).toContain("Sheet 2");
    expect(textOf(await w.say("Olga", "library page:3"))).toContain("Sheet 0");
    expect(await w.ask("Sofia", "library remove 2")).toContain("no longer");
  });
});
