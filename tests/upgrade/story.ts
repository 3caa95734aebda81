import type { FormValues } from "../../src/chat/index.js";
import { DeliveryError } from "../../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../../src/cli/setup.js";
import type { Store } from "../../src/store/database.js";
import { formOf, textOf, World, ZONE } from "../world.js";
import { SITE } from "./dumps.js";

/**
 * Two weeks of two bodies, by the words that people type, so that a dump of it holds a row of every kind in every state.
 * Each line is given with what must be in its answer: a line that is not understood leaves nothing in the dump.
 */
const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Raul: "secretariat rapporteur",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Jonas: "border focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Amelie: "immigration focal_point staff teams",
  Luc: "immigration staff teams",
  Grace: "harbour focal_point staff",
  Olga: "iom observer teams",
};
type Name = keyof typeof PEOPLE | "Nora" | "Sven";

/** What later steps speak of by a reference that nobody can know before. */
export type Refs = Record<"greenShare" | "amberShare" | "waitingUse", string>;

export async function story(store: Store, secret: Buffer): Promise<{ world: World; refs: Refs }> {
  const w = await World.create({
    people: PEOPLE,
    agencies: ["prosecution"],
    observers: ["iom"],
    lang: { Amelie: "fr" },
    store,
    secret,
  });
  w.runtime.site = SITE;
  await people(w);
  await tasks(w);
  const refs = await shares(w);
  await matches(w);
  await meetings(w);
  await plan(w);
  await training(w);
  await lateNovember(w);
  await december(w);
  return { world: w, refs };
}

type Line = [name: Name, line: string, answered: string | RegExp];

async function lines(w: World, ...said: Line[]): Promise<void> {
  for (const [name, line, answered] of said) expectIn(await w.ask(name, line), answered, `${name}: ${line}`);
  await w.settle();
}

/** Time passes until then, in steps of some hours. */
const until = (w: World, then: string, stepMinutes = 360): Promise<void> =>
  w.pass({ minutes: Math.ceil((Date.parse(then) - w.clock.now().getTime()) / 60_000) }, stepMinutes);

/** A dialog, filled in. @param open the line that opens it */
async function filled(w: World, name: Name, open: string, values: FormValues, answered: string | RegExp) {
  const form = formOf(await w.say(name, open));
  const given: FormValues = {};
  for (const field of form.fields) if ("name" in field && "value" in field) given[field.name] = plainValue(field.value);
  const said = await w.submit(name, form, { ...given, ...values });
  if (!(said && "form" in said)) expectIn(textOf(said), answered, `${name}: ${open}`);
  await w.settle();
  return said;
}

const plainValue = (value: unknown): string | string[] =>
  Array.isArray(value)
    ? value.map((one) => (typeof one === "string" ? one : (one as { value: string }).value))
    : typeof value === "object" && value !== null
      ? (value as { value: string }).value
      : String(value ?? "");

function expectIn(text: string, answered: string | RegExp, line: string): void {
  const fits = typeof answered === "string" ? text.includes(answered) : answered.test(text);
  if (!fits) throw new Error(`${line}\n  was answered: ${text}\n  not: ${answered}`);
}

async function people(w: World): Promise<void> {
  const south = { zone: ZONE, body: "south" };
  await initBody(w.runtime, { name: "Southern Body", slug: "south", zone: ZONE, lang: "en" });
  for (const handle of ["labour", "coastguard"]) await addAgency(w.runtime, handle, { name: "Coastguard", ...south });
  const { tenant, user } = w.account("Omar");
  await linkPerson(w.runtime, "labour", {
    name: "Omar",
    account: [`teams:${tenant}:${user}`],
    role: ["staff"],
    ...south,
  });
  for (const [name, agency, platform] of [
    ["Nora", "labour", "teams"],
    ["Sven", "coastguard", "slack"],
  ] as const) {
    const account = { platform, tenant: `${platform}-${agency}`, user: `U${name}` };
    const role = ["focal_point" as const, "staff" as const];
    await linkPerson(w.runtime, agency, {
      name,
      account: [`${platform}:${account.tenant}:${account.user}`],
      role,
      ...south,
    });
    w.enrolled(name, account);
  }
  await w.settle();
  w.audience = () => ({ readers: "members" });
  for (const [name, line, id] of [
    ["Eleni", "bind @labour", "19:labour"],
    ["Maria", "bind @police", "C-police"],
  ] as const) {
    const { platform, tenant } = w.account(name);
    const conversation = { platform, tenant, id, kind: "channel" as const };
    expectIn(textOf(await w.say(name, line, { conversation })), /who reads it/, line);
    await w.settle();
    await w.pass({ minutes: 1 });
  }
  await lines(
    w,
    ["Luc", "settings lang:fr hours:08:00-16:00", /./],
    ["Jonas", "settings zone:Europe/London", "London"],
    ["Grace", "digest off", /./],
    ["Eleni", "digest at:07:30 days:1,2,3", "07:30"],
    ["Eleni", "officer @Omar", "Omar"],
    ["Jonas", 'duty @Jonas until:"next Fri 08:00"', "duty"],
    ["Maria", "agency @police hours:08:00-16:00 closed:2026-12-24", "08:00"],
    ["Maria", "hints on", /./],
    ["Maria", "share rule off", /./],
    ["Grace", "add Nadia", /code/i],
    ["Sofia", "agency add @customs Customs Service mandate:border", "customs"],
    ["Sofia", "meet rules quorum:half freeze:48 correct:3 approval:silence", /./],
    ["Sofia", "ladder urgent 2d before, 1d before, due, daily late, 2d late focal", /./],
  );
}

async function tasks(w: World): Promise<void> {
  await lines(
    w,
    ["Maria", "task @labour Inspect 3 farms in Kilkis by Fri 17:00", "T-1"],
    ["Jonas", 'task @Omar List seasonal permits by 2 Dec 12:00 detail:"North and east" priority:urgent', "T-2"],
    ["Sofia", "task @police Confirm the contact list by Wed 12:00 tlp:CLEAR", "T-3"],
    ["Maria", "task @border Share the shift plan by Thu 17:00 priority:low", "T-4"],
    ["Eleni", "task @immigration Vérifier trois titres de séjour by next Mon 17:00", "T-5"],
    ["Sofia", "task @border Name a contact for document checks by Thu priority:urgent with:@harbour", "T-6"],
    ["Maria", "task @harbour Find a room for 3 by next Tue 12:00 tlp:AMBER", "T-7"],
    ["Maria", "task @Eleni Talk to the owner by next Wed 12:00 tlp:RED", "T-8"],
    ["Jonas", "task @labour Old request, never mind by Fri", "T-9"],
    ["Jonas", "task @police Check lorries at the old post by next Thu 17:00 priority:life-safety", "T-10"],
    ["Sofia", "task @prosecution Say which cases are open by 15 Dec", "T-11"],
    ["Petros", "task @Omar Count the lorries by 18 Dec 17:00", "T-12"],
  );
  await lines(
    w,
    ["Omar", "accept T-2", /./],
    ["Maria", "accept T-3", "T-3"],
    ["Maria", "done T-3 List confirmed", "T-3"],
    ["Sofia", "close T-3", "T-3"],
    ["Jonas", "accept T-4", "T-4"],
    ["Jonas", "done T-4 Plan sent to the duty desk", "T-4"],
    ["Amelie", "give T-5 @Luc", "T-5"],
    ["Luc", 'date T-5 11 Dec 12:00 reason:"Deux dossiers manquent"', "T-5"],
    ["Jonas", "accept T-6", "T-6"],
    ["Jonas", "problem T-6 The post is vacant until Monday", "T-6"],
    ["Grace", "support T-6 @Grace", "T-6"],
    ["Grace", "accept T-7", "T-7"],
    ["Grace", "say T-7 Two rooms are free, a third from Friday", "T-7"],
    ["Maria", "say T-7 Thank you, two will do", "T-7"],
    ["Eleni", "accept T-8", "T-8"],
    ["Jonas", "cancel T-9 The operation was called off", /T-9/],
    ["Maria", "decline T-10 No patrol this week", "T-10"],
    ["Sofia", "for @prosecution accept T-11", "T-11"],
  );
  // Of another body, with the same numbers.
  await lines(
    w,
    ["Sven", "task @Omar Count the boats by 4 Dec 17:00", "T-1"],
    ["Sven", "task @labour Count the nets by 9 Dec 17:00", "T-2"],
  );
  await lines(
    w,
    ["Grace", "snooze T-7 tomorrow 09:00", "T-7"],
    ["Jonas", "remind T-6 2d before, 2h before, due, daily late", "T-6"],
  );
}

async function shares(w: World): Promise<Refs> {
  const share = async (name: Name, to: string, conditions: FormValues, title: string, content: string) => {
    const second = await filled(w, name, `share ${to}`, { kind: "a", label: "AMBER", ...conditions }, /./);
    return /I-\d+/.exec(textOf(await w.submit(name, formOf(second), { title, content })))?.[0] ?? "no draft";
  };
  const pressed = (name: Name, command: string, ref: string) => w.click(name, command, `north/${ref}`);
  const fill = async (name: Name, command: string, ref: string, values: FormValues) => {
    const said = textOf(await w.submit(name, formOf(await pressed(name, command, ref)), values));
    await w.settle();
    return said;
  };
  const send = async (name: Name, ref: string) => {
    expectIn(await w.ask(name, `share send ${ref} sure`), ref, `share send ${ref}`);
    await w.settle();
    return ref;
  };
  const open = (name: Name, ref: string) => fill(name, "open", ref, { purpose: "investigation" });

  const amberShare = await send(
    "Maria",
    await share("Maria", "@labour", { codes: ["H1", "H2"] }, "Lorries on the coast road", "Plates AB 1234, nights."),
  );
  const greenShare = await send(
    "Eleni",
    await share(
      "Eleni",
      "@police, @border, @immigration",
      { label: "GREEN", codes: ["H0"] },
      "Wages",
      "Below minimum.",
    ),
  );
  const red = await send(
    "Jonas",
    await share(
      "Jonas",
      "@Maria",
      { label: "RED", codes: ["H3"], other: "Destroy after reading." },
      "A name",
      "To be told by mouth.",
    ),
  );
  const recalled = await send("Maria", await share("Maria", "@harbour", {}, "Shelter list", "Old addresses."));
  await share("Maria", "@immigration", { codes: ["H0"] }, "A draft", "Not ready.");
  await open("Omar", amberShare);
  await open("Eleni", amberShare);
  await open("Maria", greenShare);
  await open("Maria", red);
  await open("Grace", recalled);
  await lines(
    w,
    ["Eleni", `outcome ${amberShare} arrest`, "Police"],
    ["Maria", `outcome ${greenShare} arrest`, "Labour"],
    ["Maria", `recall ${recalled} sure`, "recalled"],
  );
  const asked = async (code: string, purpose: string, to: string) =>
    /U-\d+/.exec(await fill("Eleni", "use", amberShare, { code, purpose, to: [to] }))?.[0] ?? "no request";
  const granted = await asked("H2", "Joint patrol", "@border");
  expectIn(
    textOf(await w.submit("Maria", formOf(await w.say("Maria", `use grant ${granted}`)), { until: "18 Dec 17:00" })),
    "granted",
    "use grant",
  );
  await w.settle();
  const waitingUse = await asked("H1", "Court in Kilkis", "@harbour");
  await open("Jonas", amberShare);
  return { amberShare, greenShare, waitingUse };
}

async function matches(w: World): Promise<void> {
  const add = (name: Name, kind: string, value: string, more: FormValues = {}) =>
    filled(w, name, "match add", { kind, value, case: "Case 12/2026", purpose: "Farms", ...more }, "is registered");
  await add("Petros", "phone", "+30 697 555 0101");
  await add("Petros", "vessel", "IMO 9074729", { quiet: "yes" });
  await add("Eleni", "phone", "0030 (697) 555-0101");
  await add("Eleni", "phone", "+30 697 555 0199");
  await lines(w, ["Eleni", "match remove 2", "removed"]);
}

async function meetings(w: World): Promise<void> {
  await lines(
    w,
    [
      "Sofia",
      'meet Weekly coordination every Tue 10:00 60m with all place:"Room 5" link:https://meet.example/abc',
      "M-1",
    ],
    ["Sofia", "meet poll Plan for spring 60m with @police, @border, @labour, @immigration by 9 Dec 17:00", "M-2"],
    ["Maria", "meet Farm visits 7 Dec 11:00 45m with @labour, @Jonas tlp:AMBER chair:@Maria secretary:@Petros", "M-3"],
    ["Sofia", "meet Visit of the minister Thu 15:00 with @police, @border", "M-4"],
    ["Sofia", "meet Situation round 3 Dec 9:30 3h with @police, @labour, @border, @immigration", "M-5"],
  );
  await lines(
    w,
    ["Eleni", "attend M-1 yes", "yes"],
    ["Jonas", "attend M-1/1 no", "no"],
    ["Maria", "vote M-2 yes:1,2 maybe:3", "M-2"],
    ["Amelie", "vote M-2 yes:2", "M-2"],
    ["Eleni", "deputise M-3 @Omar", "Omar"],
    ["Maria", "agenda add M-1/3 Trends in the east for:15m presenter:@Petros", "agenda"],
    ["Maria", "agenda add M-3 Which farms first for:20m", "agenda"],
    ["Eleni", "agenda add M-3 Interpreters for:10m", "agenda"],
    ["Maria", "paper M-3 https://docs.example/trends Trends paper item:1", /./],
    ["Sofia", "meet cancel M-4 sure The minister is ill", /M-4/],
  );
}

async function plan(w: World): Promise<void> {
  await lines(
    w,
    [
      "Sofia",
      "plan add protection Shelter for all by 2027-11-23 lead:@labour with:@police,@harbour measure:Houses",
      "O-1",
    ],
    ["Sofia", "plan add prevention Tell them at home by 2027-06-30 lead:@police tlp:CLEAR", "O-2"],
    ["Sofia", "plan add cooperation One contact list by 2026-11-30 lead:@border", "O-3"],
    ["Sofia", "plan edit O-1 status:under_way", "O-1"],
    ["Sofia", "plan edit O-2 status:stalled", "O-2"],
    [
      "Sofia",
      'plan indicator O-1 Places in shelters unit:places from:10 to:50 every:monthly source:"Shelter register" answers:@labour due:2026-11-30',
      "O-1/1",
    ],
    [
      "Sofia",
      "plan indicator O-2 Radio spots unit:spots from:0 to:12 every:quarterly source:Station answers:@police due:2026-12-31",
      "O-2/1",
    ],
    ["Eleni", "plan progress O-1/1 14 evidence:T-1 Two houses", "14"],
    ["Eleni", "plan obstacle O-1 No interpreters on the islands", "O-1"],
    ["Eleni", "plan obstacle O-1 No guards", "O-1"],
    ["Eleni", "plan resolve O-1 2", "O-1"],
    ["Maria", "plan link O-1 T-1", /O-1/],
    ["Maria", "plan need O-2 interviewing Interviewing at first contact by 31 March", /./],
  );
}

async function training(w: World): Promise<void> {
  await lines(
    w,
    ["Petros", "training need interviewing Children at first contact by 31 March people:12 langs:fr", "K-"],
    [
      "Grace",
      'training offer interviewing A course of two days from:"1 March" until:"30 June" people:20 langs:fr,en provider:"Training Institute"',
      "K-",
    ],
    ["Jonas", "training need maritime Boarding country:GR", "K-"],
    ["Eleni", 'training offer document_examination False permits from:"10 Dec" until:"20 Dec"', "K-"],
    ["Grace", "training take K-3 K-2", "K-2"],
    ["Maria", "training session K-2 Wed 14:00 2h with @police, @labour, @harbour seats:5", "K-6"],
    ["Petros", "training enrol K-6", "K-6"],
    ["Eleni", "training enrol K-6 @Omar", "Omar"],
    ["Sofia", "training session K-5 15 Dec 10:00 3h with all seats:2", "K-7"],
    ["Petros", "training enrol K-7", "K-7"],
    ["Jonas", "training enrol K-7", "K-7"],
    ["Grace", "training enrol K-7", "line"],
    [
      "Petros",
      "library add https://www.example.org/guide Guide to first interviews kind:manual topics:interviewing langs:en year:2024",
      "library",
    ],
    ["Luc", "library add https://www.example.org/manuel Manuel des entretiens kind:manual langs:fr", /./],
  );
}

/** Until Wednesday 25 November: a meeting is held and recorded, and a training. */
async function lateNovember(w: World): Promise<void> {
  await until(w, "2026-11-24T08:00:00Z");
  await lines(
    w,
    ["Sofia", "start M-1", "M-1/1 has begun"],
    ["Maria", "here M-1", "present"],
    ["Grace", "here M-1", "present"],
    ["Sofia", "present M-1 @Eleni", "present"],
    ["Sofia", "present M-1 @Amelie", "present"],
    ["Sofia", "decide Joint checks from January for:4 against:0", "D-1"],
    ["Sofia", "decide A second line, withdrawn below", "D-2"],
    ["Sofia", "withdraw D-2", "D-2"],
    ["Sofia", "note Border guard reports 12 cases", "Line"],
    ["Sofia", "task @border Count the crossings by 4 Dec 17:00", "T-"],
    ["Sofia", "action D-1 @labour Draw up the rota by 9 Dec 17:00", "T-"],
    ["Sofia", "end M-1", "is over"],
    ["Sofia", "circulate M-1/1", "can be corrected"],
    ["Maria", "correct M-1/1 Line 1 should read 14 cases", "correction 1"],
    ["Sofia", "settle M-1/1 1 take", "taken in"],
  );
  await until(w, "2026-11-25T12:00:00Z");
  await lines(
    w,
    ["Maria", "start M-6", "begun"],
    ["Maria", "present M-6 @Petros", /./],
    ["Maria", "present M-6 @Omar", /./],
    ["Maria", "end M-6", "is over"],
    ["Petros", "training evaluate K-6 5 4 4 More time for practice", "Thank you"],
  );
}

/** Until Thursday 3 December at half past ten: one meeting runs, another's minutes are out, a month's summary is published. */
async function december(w: World): Promise<void> {
  // What cannot be delivered to somebody is on record.
  w.fail = (delivery) =>
    "to" in delivery && "person" in delivery.to && delivery.to.person.user === "UGrace"
      ? DeliveryError.permanent("account_gone", "account_inactive")
      : undefined;
  await lines(w, ["Jonas", "task @Grace Say how many beds are free by 8 Dec 12:00", "T-"]);
  w.fail = undefined;
  await until(w, "2026-12-01T08:00:00Z");
  await lines(
    w,
    ["Sofia", "start M-1", "M-1/2 has begun"],
    ["Eleni", "here M-1", "present"],
    ["Jonas", "here M-1", "present"],
    ["Sofia", "present M-1 @Maria", "present"],
    ["Sofia", "present M-1 @Amelie", "present"],
    ["Sofia", "decide Radio spots in three languages", "D-3"],
    ["Sofia", "end M-1", "is over"],
    ["Sofia", "circulate M-1/2", "can be corrected"],
    ["Jonas", "correct M-1/2 I was there", "correction 1"],
    ["Raul", "report November", "S-1"],
  );
  await w.pass({ minutes: 10 }, 5);
  await filled(w, "Raul", "report notes S-1", { notes: "A quiet month.", recommendations: "Meet more." }, /./);
  await lines(w, ["Raul", "report publish S-1 sure", "being published"]);
  await w.pass({ minutes: 10 }, 5);
  await lines(w, ["Raul", "report 2026-10 by agency", "S-2"]);
  await until(w, "2026-12-02T10:00:00Z");
  await lines(
    w,
    ["Omar", "body north", "Northern"],
    ["Petros", 'away until:"14 Dec 09:00" deputy:@Maria', "Maria"],
    ["Luc", 'away from:"7 Dec" until:"9 Dec" deputy:@Amelie', /Am/],
  );
  await until(w, "2026-12-03T07:30:00Z");
  await lines(
    w,
    ["Sofia", "start M-5", "M-5 has begun"],
    ["Maria", "here M-5", "present"],
    ["Eleni", "here M-5", "present"],
    ["Sofia", "present M-5 @Jonas", "present"],
    ["Sofia", "note Three boats last night", "Line"],
  );
}
