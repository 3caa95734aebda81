import { afterAll, beforeAll, expect, it } from "vitest";
import { day as dayArg } from "../../../src/command/day.js";
import { findPersons } from "../../../src/people/store.js";
import { dayTyped, ground } from "../../../src/requests/args.js";
import { pastDay } from "../../../src/time/past.js";
import { formOf, World } from "../../world.js";

/** What people really type about requests: other words, other orders, both languages. */
let w: World;
let justice = "";
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Maria: "police focal_point staff",
      Luc: "police staff teams",
      Sami: "sudpolice focal_point staff teams",
    },
    lang: { Luc: "fr" },
  });
  const said = await w.ask("Sofia", "authority add XS Ministry of Justice functions:mla countryname:Sudmark langs:fr");
  justice = /A-\d+/.exec(said)?.[0] ?? "";
});
afterAll(() => w.close());

/** Kind, addressee, urgency and subject of the draft that a line makes, as its answer and its dialog repeat them. */
async function drafted(name: string, line: string): Promise<string> {
  const said = await w.ask(name, line.replaceAll("A-1", justice));
  const ref = /R-\d+/.exec(said)?.[0];
  if (!ref) return said.slice(0, 200);
  const read = JSON.stringify(formOf(await w.say(name, `request read ${ref}`)).fields[0]);
  const [, kind, to, urgency] =
    /is a draft: (.*?)\. It is to go to (.*?), urgency (.*?)\./.exec(said) ??
    /projet.*?\(?(Entraide judiciaire|Demande entre services de police|[^.:]*)[^.]*\. [^:]*: (.*?)[,;] urgence\s*:? (.*?)\./.exec(
      said,
    ) ??
    [];
  return [kind, to, urgency, /"bold":"([^"]*)"/.exec(read)?.[1]].join(" | ");
}

it.each([
  [
    "request new mla A-1 Records of an account",
    "Mutual legal assistance | Ministry of Justice | normal | Records of an account",
  ],
  // Without "new".
  [
    "request mla A-1 Records of an account",
    "Mutual legal assistance | Ministry of Justice | normal | Records of an account",
  ],
  ["request police @sudpolice Owner of a phone", "Police-to-police request | Sudpolice | normal | Owner of a phone"],
  // The other way round.
  [
    "request new @sudpolice police Owner of a phone",
    "Police-to-police request | Sudpolice | normal | Owner of a phone",
  ],
  [
    "request A-1 mla Records of an account",
    "Mutual legal assistance | Ministry of Justice | normal | Records of an account",
  ],
  [
    "request new A-1 mutual legal assistance Records",
    "Mutual legal assistance | Ministry of Justice | normal | Records",
  ],
  // How urgent it is, before, behind, with a comma.
  [
    "request police @sudpolice urgent Owner of a phone",
    "Police-to-police request | Sudpolice | urgent | Owner of a phone",
  ],
  [
    "request police @sudpolice Owner of a phone, urgent",
    "Police-to-police request | Sudpolice | urgent | Owner of a phone",
  ],
  [
    "request police @sudpolice URGENT: Owner of a phone",
    "Police-to-police request | Sudpolice | urgent | Owner of a phone",
  ],
  [
    "request new @sudpolice urgent police Owner of a phone",
    "Police-to-police request | Sudpolice | urgent | Owner of a phone",
  ],
  [
    "request police @sudpolice urgency:normal urgent care bills",
    "Police-to-police request | Sudpolice | normal | urgent care bills",
  ],
  [
    "request police @sudpolice Owner of a phone life-safety",
    "Police-to-police request | Sudpolice | life or safety at stake | Owner of a phone",
  ],
  // Words of the subject stay words of it.
  [
    "request police @sudpolice Police report of 3 May",
    "Police-to-police request | Sudpolice | normal | Police report of 3 May",
  ],
  [
    "request police @sudpolice Is the urgent line manned",
    "Police-to-police request | Sudpolice | normal | Is the urgent line manned",
  ],
  [
    "request mla A-1 Vessel Heron, its papers",
    "Mutual legal assistance | Ministry of Justice | normal | Vessel Heron, its papers",
  ],
])("%s", async (line, meant) => {
  expect(await drafted("Maria", line)).toBe(meant);
});

it.each([
  ["demande police @sudpolice Titulaire d’un téléphone, urgente", /Sudpolice.*urgente/],
  ["demande entraide A-1 Relevés d’un compte", /Entraide judiciaire.*Ministry of Justice/],
  ["request entraide A-1 Relevés d’un compte", /Entraide judiciaire.*Ministry of Justice/],
])("%s", async (line, said) => {
  const answer = await w.ask("Luc", line.replaceAll("A-1", justice));
  expect(answer.replace(/\s+/g, " ")).toMatch(said);
});

it("opens the form where it cannot tell, with nothing lost", async () => {
  const form = formOf(await w.say("Maria", "request new @sudpolice boat people off the cape"));
  expect(JSON.stringify(form.fields)).toContain("boat people off the cape");
  for (const line of ["demandes", "requests", "demande R-999999", "request R-999999"])
    expect(await w.ask("Luc", line), line).toMatch(/demande|R-999999/i);
});

it("a day on which something was done is the last such day, in words of both languages", () => {
  const TODAY = "2026-12-02"; // a Wednesday
  for (const [said, day] of [
    ["yesterday", "2026-12-01"],
    ["hier", "2026-12-01"],
    ["today", "2026-12-02"],
    ["monday", "2026-11-30"],
    ["Monday", "2026-11-30"],
    ["lundi", "2026-11-30"],
    ["wednesday", "2026-12-02"],
    ["last friday", "2026-11-27"],
    ["lundi dernier", "2026-11-30"],
    ["28 november", "2026-11-28"],
    ["28 nov", "2026-11-28"],
    ["28 novembre", "2026-11-28"],
    ["30 december", undefined],
    ["1 December 2026", "2026-12-01"],
    ["3 December 2026", undefined],
    ["tomorrow", undefined],
    ["at noon", undefined],
    ["yesterday or monday", undefined],
    ["nothing of the kind", undefined],
    ["", undefined],
  ] as const)
    for (const lang of ["en", "fr"]) expect(pastDay(said, TODAY, lang), `${said} ${lang}`).toBe(day);
});

it("receipt of yesterday is typed as such", async () => {
  const ref =
    /R-\d+/.exec(await w.ask("Maria", `request police ${justice} Owner of a phone urgency:life-safety`))?.[0] ?? "";
  const fill = async (step: string, values: Record<string, string>) =>
    w.submit("Maria", formOf(await w.say("Maria", `request fill ${ref} ${step}`)), values);
  await fill("1", {
    ...{ urgency_reason: "x", basis: "domestic_law", basis_detail: "x", language: "fr" },
    contact: "x",
  });
  await fill("2", { what: "x" });
  await w.ask("Maria", `request sendnow ${ref} with:them it cannot wait`);
  await w.pass({ hours: 30 }, 900);
  expect(await w.ask("Maria", `request received ${ref} on:yesterday`)).not.toMatch(/on: /);
  expect(await w.ask("Maria", ref)).toMatch(/Mon 23 Nov/);
});

it.each([
  // From Monday 23 November 2026, 10:00.
  ["yesterday", "2026-11-22"],
  ["22/11", "2026-11-22"],
  ["22.11.2026", "2026-11-22"],
  ["22 November", "2026-11-22"],
  ["22 nov 2026", "2026-11-22"],
  ["2026-11-22", "2026-11-22"],
  ["30 december", "2025-12-30"],
  ["30/12", "2025-12-30"],
  ["the 15th", "2026-11-15"],
  ["le 15", "2026-11-15"],
  ["3 days ago", "2026-11-20"],
  ["il y a 3 jours", "2026-11-20"],
  ["31 dec 2019", "2019-12-31"],
  // These lie ahead, and are refused as such, never moved into the past.
  ["in 3 days", "2026-11-26"],
  ["tomorrow", "2026-11-24"],
  ["24 november 2026", "2026-11-24"],
  ["31/2", undefined],
  ["some day", undefined],
])("on:%s", async (said, day) => {
  const maria = await w.work(async ({ tx }) => (await findPersons(tx, {})).find(({ name }) => name === "Maria"));
  const c = { work: { now: new Date("2026-11-23T08:00:00Z"), body: { zone: "Europe/Athens" } }, person: maria };
  const arg = dayArg({ label: (t) => t.args.requestOn, done: true });
  const meant = await Promise.resolve()
    .then(() => arg.parse(c as never, said))
    .catch(() => undefined);
  expect(meant).toBe(day);
});

const AT = new Date("2026-12-02T09:00:00Z");
const WHEN = { now: AT, zone: "Europe/Athens", endOfDay: { h: 17, m: 0 }, lang: "en" } as const;

it.each([
  ["yesterday", "2026-12-01", undefined],
  ["on Monday in Kilkis", "2026-11-30", "on Monday in Kilkis"],
  ["on 28 November, at the airport", "2026-11-28", "on 28 November, at the airport"],
  ["28/11 at the airport", "2026-11-28", "28/11 at the airport"],
  ["2026-11-28: at the airport", "2026-11-28", "2026-11-28: at the airport"],
  ["Monday 10:00 in Kilkis, judge X", "2026-11-30", "Monday 10:00 in Kilkis, judge X"],
  ["28 Nov 10:00 to 11:30 Kilkis court", "2026-11-28", "28 Nov 10:00 to 11:30 Kilkis court"],
  ["Sat in room 4 were two judges", undefined, "Sat in room 4 were two judges"],
  ["12 people in the room", undefined, "12 people in the room"],
  ["hier soir, à la gare", "2026-12-01", "hier soir, à la gare"],
  ["le 28 novembre à Kilkis", "2026-11-28", "le 28 novembre à Kilkis"],
  ["on “yesterday” at the airport", "2026-12-01", "on “yesterday” at the airport"],
  ["31 people were there", undefined, "31 people were there"],
  ["at the airport, two men", undefined, "at the airport, two men"],
  ["tomorrow", undefined, "tomorrow"],
  ["", undefined, ""],
])("the day before words is a day: %s", (words, on, left) => {
  const lang = /[éàè]|hier|le /.test(words) ? "fr" : "en";
  expect(dayTyped({ name: "words" })({ words }, { ...WHEN, lang })).toEqual(on ? { on, words: left } : { words: left });
});

it("a day that was told by its key stays, and words that hold more than a day stay words where they are its reasons", () => {
  expect(dayTyped({ name: "words" })({ on: "2026-11-01", words: "yesterday" }, WHEN)).toEqual({
    on: "2026-11-01",
    words: "yesterday",
  });
  const whole = dayTyped({ name: "reasons", whole: true });
  expect(whole({ reasons: "yesterday our court ruled" }, WHEN)).toEqual({ reasons: "yesterday our court ruled" });
  expect(whole({ reasons: "yesterday" }, WHEN)).toEqual({ on: "2026-12-01", reasons: undefined });
});

it.each([
  ["Maria", "request late", /^Requests: late \(/],
  ["Maria", "requests overdue", /^Requests: late \(/],
  ["Maria", "request mine", /^Requests: your side’s turn \(/],
  ["Maria", "my requests", /^Requests: your side’s turn \(/],
  ["Maria", "request list", /^Requests: open \(/],
  ["Maria", "incoming requests", /^Requests: asked of your agency \(/],
  ["Maria", "closed requests", /^Requests: closed \(/],
  ["Luc", "demandes en retard", /^Demandes\u00a0: en retard \(/],
  ["Luc", "demandes closes", /^Demandes\u00a0: closes \(/],
  ["Luc", "mes demandes", /^Demandes\u00a0: à votre tour \(/],
  ["Maria", "please requests late", /^Requests: late \(/],
  ["Maria", "Please request police @sudpolice Owner of a boat", /is a draft: Police-to-police request/],
  ["Maria", "could you request police @sudpolice Owner of a boat", /is a draft: Police-to-police request/],
  ["Luc", "s’il vous plaît demandes", /^Demandes\u00a0: en cours \(/],
  ["Luc", "veuillez demande police @sudpolice Propriétaire", /est un brouillon/],
  ["Maria", "please", /^“please” is not a command/],
])("%s types: %s", async (name, line, said) => {
  expect(await w.ask(name, line)).toMatch(said);
});

it.each([
  ["ex_national", "ex_national"],
  ["ex-national", "ex_national"],
  ["own national", "ex_national"],
  ["Political offence", "ex_political"],
  ["infraction politique", "ex_political"],
  ["BANK SECRECY", "bank_secrecy"],
  ["secret bancaire", "bank_secrecy"],
  ["death penalty", "ex_death"],
  // Several begin so, or none does.
  ["ex_", undefined],
  ["pers", undefined],
  ["own", undefined],
  ["because", undefined],
  // One word may be the first of the reasons.
  ["political", undefined],
  ["torture", undefined],
])("a ground is told by its name or its words: %s", async (said, name) => {
  const arg = ground("refuse");
  expect(arg.fits?.(said)).toBe(name !== undefined);
  if (name) await expect(arg.parse({} as never, said)).resolves.toBe(name);
});
