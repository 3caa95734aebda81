import { afterAll, beforeAll, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import { formOf, textOf, World } from "../../world.js";
import { REQUEST_COMMANDS } from "../leaks/rows.js";

/** "A request that somebody may not know of answers exactly like one that does not exist", with every command and button. */
let w: World;
const refs: Record<"draft" | "shown" | "sent" | "strict", string> = { draft: "", shown: "", sent: "", strict: "" };

/** What follows the reference, for a command that asks for more. */
const AFTER: Record<string, string> = {
  ...{ "request-redirect": "@labour not ours", "request-ask": "which?", "request-reply": "this" },
  ...{
    "request-conditions": "no names",
    "request-decline": "late",
    "request-consult": "asked",
    "request-secrecy": "no",
  },
  ...{ "request-postpone": "ongoing_proceedings trial by next Monday 12:00", "request-refuse": "po_form reasons" },
  ...{ "request-part": "some", "request-answer": "all", "request-missing": "list", "request-formalise": "mla" },
  ...{ "request-due": "more by next Monday 12:00", "request-measure": "aboard", "request-report": "safe" },
  ...{
    "request-sendnow": "urgent",
    "request-edit": "urgency:urgent",
    "request-fill": "2",
    "request-send": "because",
    "request-hand": "@Mark",
    "request-prolong": "the court by next Monday 12:00",
    "request-copy": "@labour",
    "request-officer": "@Mark",
    "request-disclose": "a statement",
  },
};
const about = REQUEST_COMMANDS.filter((name) => registry.find(name)?.args.ref);

beforeAll(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Mark: "police staff",
      Sami: "sudpolice focal_point staff teams",
      Sara: "sudpolice staff teams",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff",
      Sofia: "secretariat coordinator",
      Raul: "secretariat rapporteur",
      Ada: "secretariat admin",
      Obi: "iom observer teams",
    },
    observers: ["iom"],
  });
  const draft = async (line: string) =>
    /R-\d+/.exec(await w.ask("Maria", `request new police @sudpolice ${line}`))?.[0] ?? "";
  refs.draft = await draft("Kept back");
  refs.shown = await draft("Shown before");
  await w.ask("Maria", `request draft ${refs.shown}`);
  refs.sent = await draft("urgency:life-safety Sent at once");
  refs.strict = await draft("urgency:life-safety tlp:amber+strict Sent to few");
  for (const ref of [refs.sent, refs.strict]) {
    await w.submit("Maria", formOf(await w.say("Maria", `request fill ${ref} 1`)), {
      urgency_reason: "a boat in distress",
    });
    await w.submit("Maria", formOf(await w.say("Maria", `request fill ${ref} what`)), {
      what: "who owns the boat Heron",
    });
    expect(await w.ask("Maria", `request sendnow ${ref} with:Sami people in the water`)).toContain(
      "paper is still owed",
    );
  }
  await w.settle();
});
afterAll(() => w.close());

/** Who knows nothing of which. */
const CASES: readonly (readonly [keyof typeof refs, readonly string[]])[] = [
  ["draft", ["Sami", "Sara", "Eleni", "Omar", "Sofia", "Raul", "Ada", "Obi"]],
  ["shown", ["Eleni", "Omar", "Sofia", "Raul", "Ada", "Obi"]],
  ["sent", ["Eleni", "Omar", "Raul", "Ada", "Obi"]],
  ["strict", ["Mark", "Sara", "Eleni", "Omar", "Raul", "Ada", "Obi"]],
];

it.each(about)("%s", async (name) => {
  for (const [which, people] of CASES)
    for (const person of people) {
      const ref = refs[which];
      const answer = async (of: string) => {
        const typed = textOf(await w.say(person, `${name.replace("-", " ")} ${of} ${AFTER[name] ?? ""}`));
        const pressed = textOf(await w.click(person, name, `north/${of} ${AFTER[name] ?? ""}`));
        return `${typed}\n${pressed}`.replaceAll(of, "R-…");
      };
      expect(await answer(ref), `${person} ${which}`).toBe(await answer("R-999999"));
    }
});

it("stands in no list, inbox, digest or home of theirs", async () => {
  for (const [which, people] of CASES)
    for (const person of people)
      for (const line of ["requests", "requests turn", "requests closed", "inbox", "digest"])
        expect(await w.ask(person, line), `${person} ${which} ${line}`).not.toContain(refs[which]);
});

it("says none of its words in anything that went out, nor in what waits", async () => {
  const out = JSON.stringify(w.payloads);
  expect(out).toContain(refs.sent);
  for (const words of ["Sent at once", "Sent to few", "Heron", "people in the water", "distress", "Kept back"])
    expect(out, words).not.toContain(words);
  const { owner } = w.runtime.store;
  for (const table of ["outbox", "requests", "request_moves", "reminder_steps", "drafts"] as const) {
    const rows = JSON.stringify(await owner.selectFrom(table).selectAll().execute());
    for (const words of ["Sent at once", "Heron", "people in the water"]) expect(rows, table).not.toContain(words);
  }
});

it("tells the coordinators the outline of what was sent, and nothing more", async () => {
  const said = await w.ask("Sofia", refs.sent);
  expect(said).toMatch(/Police-to-police request[\s\S]*From: Police\b[\s\S]*To: Sudpolice/);
  for (const words of ["Sent at once", "Heron", "Maria"]) expect(said).not.toContain(words);
  expect(textOf(await w.say("Sofia", `request read ${refs.sent}`))).toContain("That is for");
});
