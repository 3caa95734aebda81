import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { addAuthorities } from "../../../src/demo/authorities.js";
import { findPersons } from "../../../src/people/store.js";
import { steps } from "../../steps.js";
import { formOf, textOf, World, words } from "../../world.js";

/** The directory, by the words that people type, on both platforms. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Maria: "police focal_point staff",
      Petros: "police staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
      Raul: "secretariat rapporteur",
      Obi: "iom observer teams",
      Ada: "secretariat admin",
    },
    observers: ["iom"],
    lang: { Eleni: "fr" },
  });
  w.runtime.site = "https://coord.example";
});
afterAll(() => w.close());
const it = steps();

const HEAD = "name,country,country_name,functions,urgent,languages,verified_at\n";
const NORLAND = `${HEAD}Ministry of Justice,XN,Norland,mla|extradition,,en,2026-01-31
Coast Guard,XN,Norland,smuggling_by_sea,+888 555 9111 day and night,en|fr,2025-03-01
"=cmd|' /C calc'!A0",XN,Norland,asylum,,,2020-01-01
`;

/** Sends a file to the address that an import gives out. @returns what was wrong */
async function send(name: string, file: string | Uint8Array): Promise<string | undefined> {
  const token = /upload\/([\w-]+)/.exec(JSON.stringify(await w.say(name, "authority import")))?.[1] ?? "";
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const taken = await w.runtime.files.take(token, { name: "directory.csv", bytes });
  if (!taken) throw new Error("no such address");
  return taken.wrong;
}
const take = async (name: string): Promise<string> => {
  await w.settle();
  return textOf(await w.press(name, w.last(name), "Take in"));
};
async function fileOf(name: string, format: string): Promise<string> {
  const token = /files\/([\w-]+)/.exec(JSON.stringify(await w.say(name, `authority file ${format}`)))?.[1] ?? "";
  return new TextDecoder().decode((await w.runtime.files.file(token))?.bytes);
}
const actions = async (): Promise<string[]> =>
  (
    await w.runtime.store.owner.selectFrom("events").select("action").where("action", "like", "authority.%").execute()
  ).map(({ action }) => action);

describe("an empty directory", () => {
  it("says how it is filled, and what it was asked", async () => {
    expect(await w.ask("Petros", "find mla france")).toMatch(
      /Mutual legal assistance · France \(0\)[\s\S]*The directory is empty\..*authority import/,
    );
    expect(await w.ask("Eleni", "find entraide france")).toContain("L’annuaire est vide");
  });
});

describe("an import", () => {
  it("with a fault names its line and takes nothing, however many rows are right", async () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => `Office ${n},FR,,mla,,fr,`);
    rows[6_000] = "Two mails,FR,,mla,,fr,tomorrow";
    expect(await send("Maria", `${HEAD}${rows.join("\n")}\n`)).toBe(
      "Line 6002 (verified_at): a day is written 2026-12-31.",
    );
    await w.settle();
    expect(await w.ask("Maria", "find france")).toContain("The directory is empty");
  });

  it("says first what it would do, then does it once", async () => {
    expect(await send("Maria", NORLAND)).toBeUndefined();
    await w.settle();
    expect(words(w.last("Maria").message)).toContain("New: 3, changed: 0, as they are: 0.");
    expect(await w.ask("Maria", "find norland")).toContain("The directory is empty");
    const drafts = await w.runtime.store.owner.selectFrom("drafts").select("words").execute();
    expect(JSON.stringify(drafts)).not.toContain("Coast Guard");
    const preview = w.last("Maria");
    expect(textOf(await w.press("Maria", preview, "Take in"))).toBe("The directory has 3 new and 0 changed.");
    expect(textOf(await w.press("Maria", preview, "Take in"))).toContain("no longer there to be taken in");
    expect(await w.ask("Petros", "find norland")).toContain("Norland (3)");
  });

  it("of the same file changes nothing; of a changed one that row alone, and takes away no urgent channel", async () => {
    expect(await send("Sofia", Buffer.from(`\uFEFF${NORLAND}`, "utf16le"))).toBeUndefined();
    await w.settle();
    expect(words(w.last("Sofia").message)).toContain("New: 0, changed: 0, as they are: 3.");
    const changed =
      "name;country;country_name;functions;languages\nCOAST  GUARD;XN;Norland;smuggling_by_sea|rescue;en\n";
    expect(await send("Sofia", changed)).toBeUndefined();
    await w.settle();
    expect(words(w.last("Sofia").message)).toMatch(/New: 0, changed: 1, .*not in the file: 2; they stay/);
    expect(await take("Sofia")).toBe("The directory has 0 new and 1 changed.");
    expect(await w.ask("Petros", "A-2")).toMatch(/Maritime rescue coordination[\s\S]*Checked: Sat 1 Mar 2025/);
    expect(formOf(await w.say("Petros", "authority urgent A-2")).fields).toContainEqual(
      expect.objectContaining({ text: "+888 555 9111 day and night" }),
    );
  });

  it("is refused to who may not write, also when the address is used, and a preview to anybody else", async () => {
    expect(await w.ask("Petros", "authority import")).toContain("That is for: focal point, coordinator");
    expect(await send("Maria", NORLAND)).toBeUndefined();
    await w.settle();
    const draft = /authority-take[^}]*north\/([\w-]+)/.exec(JSON.stringify(w.last("Maria").message))?.[1] ?? "";
    expect(textOf(await w.click("Eleni", "authority-take", `north/${draft}`))).toContain("authority import");
    expect(textOf(await w.click("Eleni", "authority-take", `north/${randomUUID()}`))).toBe(
      textOf(await w.click("Eleni", "authority-take", `north/${draft}`)),
    );
  });
});

describe("what is looked for", () => {
  it("is said back; the one that fits is shown whole, with the age of what it says", async () => {
    const said = await w.ask("Petros", "find mla norland");
    expect(said).toMatch(
      /Mutual legal assistance · Norland \(1\)[\s\S]*A-1 · Ministry of Justice[\s\S]*Checked: Sat 31 Jan/,
    );
    expect(said).toContain("UNTOC 18(13)");
    expect(said).toContain("As of Mon 23 Nov 2026");
    expect(await w.ask("Petros", "find asylum norland")).toContain(
      "more than two years ago: do not rely on it unasked",
    );
  });

  it("tells what a country has where it has not what was asked", async () => {
    expect(await w.ask("Petros", "find corruption norland")).toMatch(
      /nobody for that\. In Norland it has: .*Extradition/,
    );
    expect(await w.ask("Petros", "find mla france")).toContain("In France it has nobody yet");
  });

  it("asks which where several countries are called so, and the button answers", async () => {
    const asked = await w.say("Petros", "find guinea mla");
    expect(textOf(asked)).toMatch(
      /Which country is “guinea”\?\n\[Guinea\] \[Equatorial Guinea\] \[Guinea-Bissau\] \[Papua/,
    );
    expect(await w.ask("Eleni", "trouver entraide en Guinée")).toContain("Quel pays est «\u00a0Guinée\u00a0»");
    expect(textOf(await w.click("Petros", "find", "north/mla GW"))).toContain(
      "Mutual legal assistance · Guinea-Bissau (0)",
    );
  });

  it("leaves a word out that stands in none, and says so", async () => {
    expect(await w.ask("Petros", "find zqxjk mla norland")).toMatch(/“zqxjk” stands in none of them[\s\S]*A-1/);
  });

  for (const [name, line, found] of [
    ["Petros", "who is responsible for mla in norland?", "A-1"],
    ["Petros", "search mla norland", "A-1"],
    ["Petros", "directory norland mla", "A-1"],
    ["Petros", "FIND MLA NORLAND!!", "A-1"],
    ["Petros", "find a-1", "A-1 · Ministry"],
    ["Petros", "find tasks harbour", "All tasks you can see"],
    ["Petros", "find meetings", "Meetings"],
    ["Omar", "find coast guard norland", "A-2"],
    ["Eleni", "trouver entraide norland", "A-1"],
    ["Eleni", "annuaire norland", "Norland (3)"],
    ["Eleni", "qui s’occupe de l’entraide en norland ?", "A-1"],
    ["Eleni", "cherche navire norland urgent", "A-2"],
    ["Eleni", "chercher tâches port", "tâches"],
  ] as const)
    it(`${name} types ${line}`, async () => expect(await w.ask(name, line)).toContain(found));

  it("is found by rapporteurs and observers, and not by who runs the installation", async () => {
    expect(await w.ask("Raul", "find mla norland")).toContain("A-1");
    expect(await w.ask("Obi", "find mla norland")).toContain("A-1");
    expect(await w.ask("Ada", "find mla norland")).toContain("That is for:");
    expect(await w.ask("Ada", "A-1")).not.toContain("Ministry");
  });

  it("of a number that is not there says no more than of one that is not for the reader", async () => {
    const unknown = (said: string) => said.replaceAll(/A-\d+/g, "A-…");
    expect(unknown(await w.ask("Petros", "A-998"))).toBe(unknown(await w.ask("Petros", "A-999")));
    expect(await w.ask("Petros", "A-998")).toContain("no A-998 in the directory");
  });
});

describe("an urgent channel", () => {
  it("stands in no message and no file of who may not open it; each look is on record", async () => {
    const before = (await actions()).filter((action) => action === "authority.opened").length;
    for (const [name, line] of [
      ["Petros", "A-2"],
      ["Petros", "find coast guard norland urgent"],
      ["Obi", "A-2"],
      ["Obi", "find norland"],
    ] as const)
      expect(JSON.stringify(await w.say(name, line))).not.toContain("9111");
    expect(textOf(await w.say("Obi", "authority urgent A-2"))).toContain("That is for:");
    expect(await fileOf("Obi", "csv")).not.toContain("9111");
    expect(await fileOf("Maria", "csv")).toContain("9111");
    const rows = await w.runtime.store.owner.selectFrom("authorities").select("urgent").execute();
    expect(JSON.stringify(rows)).not.toContain("9111");
    await w.say("Omar", "authority urgent A-2");
    expect((await actions()).filter((action) => action === "authority.opened").length).toBe(before + 1);
  });

  it("is no part of a line: it is written in the form", async () => {
    const form = formOf(await w.say("Maria", "authority edit A-2"));
    expect(form.fields).toContainEqual(
      expect.objectContaining({ name: "urgent", value: "+888 555 9111 day and night" }),
    );
    expect(
      textOf(
        await w.submit("Maria", form, {
          name: "Coast Guard",
          country: "XN",
          countryName: "Norland",
          functions: ["rescue"],
          urgent: "",
        }),
      ),
    ).toBe(
      "A-2 is changed. Name: Coast Guard; Competent for: Maritime rescue coordination; Urgent channel: No urgent channel is known; Languages accepted: nothing.",
    );
    expect(await w.ask("Petros", "A-2")).toMatch(
      /Competent for: Maritime rescue coordination[\s\S]*No urgent channel is known/,
    );
  });
});

describe("in a conversation of several", () => {
  it("says references, States and what for, and no name and no number", async () => {
    const conversation = {
      platform: "slack" as const,
      tenant: "slack-police",
      id: "C1",
      kind: "channel" as const,
      external: true,
    };
    for (const line of ["A-1", "find norland", "find mla norland"]) {
      const said = JSON.stringify(await w.say("Petros", line, { conversation }));
      expect(said, line).not.toContain("Ministry");
      expect(said, line).toMatch(/A-1.*Norland/s);
    }
  });
});

describe("a record", () => {
  it("is entered in one line, once", async () => {
    expect(
      await w.ask(
        "Maria",
        "authority add FR Ministry of Justice,  mutual assistance functions:mla langs:fr,en phone:+33 1 55 50 01 00",
      ),
    ).toBe(
      "A-4 is in the directory: Ministry of Justice, mutual assistance, France. Competent for: Mutual legal assistance; Phone: +33 1 55 50 01 00; Languages accepted: French, English. Nobody has checked it yet: authority verify A-4",
    );
    expect(
      await w.ask("Sofia", "authority add France ministry of justice mutual ASSISTANCE functions:extradition"),
    ).toContain("A-4 has the same name in the same country");
    expect(await w.ask("Petros", "A-4")).toMatch(/Phone: \+33 1 55 50 01 00[\s\S]*Languages accepted: French, English/);
  });

  for (const [line, why] of [
    ["authority add Guinea Customs functions:mla", "may be Guinea (GN)"],
    ["authority add XQ Customs functions:mla", "XQ is no country's own code"],
    ["authority add FR Customs functions:cake", "cake"],
    ["authority edit A-4 phone:porter", "“porter” is no phone number"],
    ['authority edit A-4 email:"a@x.example, b@x.example"', "is not one e-mail address"],
    ["authority edit A-4 country:atlantis", "“atlantis” is no country"],
    ["authority close A-4 instead:A-4", "cannot stand in for itself"],
    ["authority close A-4 instead:A-999", "no A-999 in the directory"],
    ["authority verify A-999", "no A-999 in the directory"],
  ] as const)
    it(`${line}: ${why}`, async () => expect(await w.ask("Maria", line)).toContain(why));

  it("that two change at once keeps what each said", async () => {
    await Promise.all([
      w.ask("Maria", "authority edit A-4 hours:8-16"),
      w.ask("Sofia", "authority edit A-4 email:desk@justice.example"),
      w.ask("Eleni", "authority edit A-4 channels:post"),
    ]);
    expect(await w.ask("Petros", "A-4")).toMatch(/E-mail: desk@justice\.example[\s\S]*Hours: 8-16[\s\S]*Sent by: post/);
  });

  it("is checked by somebody, from that day on", async () => {
    expect(await w.ask("Eleni", "authority verify A-4 appelé le bureau")).toBe(
      "A-4 est vérifiée aujourd’hui. Prochaine vérification : mar. 23 nov. 2027.",
    );
    expect(await w.ask("Petros", "A-4")).toMatch(/Source: appelé le bureau\nChecked: Mon 23 Nov/);
    w.clock.moveTo(new Date("2028-02-01T10:00:00Z"));
    expect(await w.ask("Petros", "A-4")).toMatch(/more than a year ago[\s\S]*Next check: Tue 23 Nov 2027, overdue/);
  });

  it("that is closed says who stands in, and can be checked no more", async () => {
    expect(await w.ask("Maria", "authority close A-4 instead:A-1")).toBe("A-4 is closed; requests go to A-1.");
    expect(await w.ask("Petros", "find mla france")).toMatch(/State: closed\nRequests go to: A-1/);
    expect(await w.ask("Maria", "authority verify A-4")).toContain("A-4 is closed");
    expect(await w.ask("Maria", "authority add FR Ministry of Justice, mutual assistance functions:mla")).toContain(
      "A-5",
    );
  });

  it("goes out as a table that no spreadsheet takes for a formula, and comes in again as it was", async () => {
    const csv = await fileOf("Maria", "csv");
    expect(csv).toContain("'=cmd|");
    expect(await send("Maria", csv)).toBeUndefined();
    await w.settle();
    expect(words(w.last("Maria").message)).toContain("New: 0, changed: 0, as they are: 5.");
    expect(JSON.parse(await fileOf("Maria", "json"))).toHaveLength(5);
    // What a changed row does not say stays: who checked it, and who stands in.
    expect(await send("Maria", csv.replaceAll("justice.example", "justice2.example"))).toBeUndefined();
    expect(await take("Maria")).toBe("The directory has 0 new and 1 changed.");
    const [four] = await w.runtime.store.owner.selectFrom("authorities").selectAll().where("number", "=", 4).execute();
    expect(four).toMatchObject({ state: "closed", verified_on: "2026-11-23", email: "desk@justice2.example" });
    expect([four?.verified_by, four?.replaced_by]).toEqual([expect.any(String), expect.any(String)]);
    // Opened again by a file, nobody stands in for it.
    expect(
      await send("Maria", "id,name,country,functions,state\nA-4,Ministry of Justice (old),FR,mla,active\n"),
    ).toBeUndefined();
    await take("Maria");
    const opened = await w.ask("Petros", "A-4");
    expect(opened).not.toContain("Requests go to");
    // And of what the file has no column for nothing is lost; what it has one for and leaves empty is.
    expect(opened).toMatch(/Phone: \+33[\s\S]*desk@justice2\.example[\s\S]*Hours: 8-16[\s\S]*French, English/);
    expect(
      await send("Maria", '[{"id":"A-4","name":"Ministry","country":"FR","functions":"mla","phone":""}]'),
    ).toBeUndefined();
    await take("Maria");
    expect(await w.ask("Petros", "A-4")).not.toContain("Phone:");
    expect(await w.ask("Petros", "A-4")).toContain("desk@justice2.example");
  });
});

describe("ten thousand", () => {
  it("are searched in one reading, and another body has none of them", async () => {
    await w.work(async (work) => {
      const [editor] = (await findPersons(work.tx, { activeOnly: true })).filter(({ name }) => name === "Sofia");
      if (!editor) throw new Error("nobody keeps it");
      await addAuthorities(work, editor);
    });
    await sql`insert into authorities (id, body_id, number, name, country, functions, kind, keeper_id, plain, created_at)
      select gen_random_uuid(), body_id, 1000 + n, 'Office ' || n, (array['FR', 'GR', 'DE', 'IT'])[1 + n % 4],
        array[(array['mla', 'asylum', 'rescue'])[1 + n % 3]], 'central_authority', keeper_id, 'office ' || n, now()
      from (select body_id, keeper_id from authorities limit 1) a, generate_series(1, 10000) n`.execute(
      w.runtime.store.owner,
    );
    expect(await w.ask("Petros", "find rescue italy office")).toContain("Italy · “office” in the name (833)");
    expect(await w.ask("Petros", "find smuggling by sea sudmark urgent")).toContain(
      "Coast Guard operations centre (Sudmark)",
    );
  });
});
