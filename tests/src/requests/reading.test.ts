import { strToU8 } from "fflate";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { renderForm as onSlack } from "../../../adapters/slack/form.js";
import { renderForm as onTeams } from "../../../adapters/teams/form.js";
import { plain } from "../../../src/chat/index.js";
import { steps } from "../../steps.js";
import { formOf, World } from "../../world.js";
import { lettersOf, wordsIn } from "../drawn.js";
import { ASSISTANCE, fill, give, tokenIn } from "./files.js";

/** All of a request is read, however long it is: in parts, none of which a platform cuts. */
let w: World;
let ref = "";
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Leila: "sudjustice focal_point staff teams",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Leila: "fr" },
  });
  w.runtime.site = "https://coord.example/of-a-ministry-with-a-long-address";
  await w.ask("Sofia", "authority add XN Prosecutor General functions:mla countryname:Norland agency:@prosecution");
  await w.ask("Sofia", "authority add XS Ministry of Justice functions:mla countryname:Sudmark agency:@sudjustice");
  await w.ask("Sofia", "authority verify A-2");
  ref = /R-\d+/.exec(await w.ask("Petra", "request new mla A-2 Records of a company account"))?.[0] ?? "";
  const upload = async (line: string, name: string, text: string) => {
    const said = await give(w, tokenIn(await w.say("Petra", `request ${line} ${ref}`), "upload"), name, strToU8(text));
    if (said !== "taken") throw new Error(said);
  };
  for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", ref, step, values);
  await upload("text", "facts.txt", FACTS);
  for (let n = 1; n <= 10; n++) await upload("attach", `${"محضر ".repeat(18)}${n}.txt`, `file ${n}`);
  await w.ask("Petra", `request ready ${ref}`);
  await w.ask("Pavel", `request approve ${ref}`);
  await w.ask("Pavel", `request send ${ref}`);
  await w.ask("Leila", `request received ${ref}`);
  for (let n = 1; n <= 25; n++) {
    await w.ask("Leila", `request ask ${ref} question ${n}: ${"سؤال ".repeat(50)}`);
    await w.ask("Petra", `request reply ${ref} reply ${n}`);
  }
});
afterAll(() => w.close());
const it = steps();
const FACTS = "شوهد قارب يقل ٣١ شخصا قرب الرأس، 船沉了。 ".repeat(900).slice(0, 39_990);

type Dialog = ReturnType<typeof formOf>;
async function parts(name: string): Promise<Dialog[]> {
  const all: Dialog[] = [];
  for (let part = 1; part < 30; part++) {
    const said = await w.say(name, `request read ${ref} ${part}`);
    if (!said || !("form" in said)) break;
    all.push(formOf(said));
  }
  return all;
}
const notesOf = (form: Dialog): string[] =>
  form.fields.flatMap((field) => (field.type === "note" ? [plain(field.text)] : []));
describe("a long request", () => {
  it("is read in parts, each of which says which it is and how the next is read", async () => {
    const all = await parts("Petra");
    expect(all.length).toBeGreaterThan(7);
    expect(notesOf(all[0] as Dialog).at(-1)).toBe(`Part 1 of ${all.length}. What follows: request read ${ref} 2`);
    expect(notesOf(all.at(-1) as Dialog).at(-1)).toContain(`From the beginning: request read ${ref}`);
    expect(notesOf((await parts("Leila"))[0] as Dialog).at(-1)).toContain("La suite\u00a0: request read");
    expect(notesOf(formOf(await w.say("Petra", `request read ${ref} page:2`)))).toEqual(notesOf(all[1] as Dialog));
    expect(await w.ask("Petra", `request read ${ref} ${all.length + 1}`)).toContain(
      `It is read in ${all.length} parts, and there is no part ${all.length + 1}: request read ${ref}`,
    );
  });

  it("has every word in one of them, in order, to the last reply", async () => {
    const said = (await parts("Petra")).flatMap((form) => notesOf(form).slice(0, -1));
    expect(said.join("")).toContain(FACTS.slice(0, 2_000));
    expect(said.join("").split("شوهد قارب").length).toBe(FACTS.split("شوهد قارب").length);
    expect(said.at(-1)).toContain("reply 25");
    for (let n = 1; n <= 25; n++) expect(said.join("\n")).toContain(`question ${n}:`);
    for (let n = 1; n <= 10; n++) expect(said.join("\n")).toContain(`Attachment ${n}: `);
  });

  it("is cut by neither platform", async () => {
    for (const form of await parts("Leila")) {
      const slack = lettersOf(wordsIn(onSlack(form).blocks));
      const teams = lettersOf(wordsIn(onTeams(form)));
      const notes = form.fields.flatMap((field) => (field.type === "note" ? [field.text].flat() : []));
      for (const span of notes) {
        expect(slack).toContain(lettersOf(plain([span])));
        expect(teams).toContain(lettersOf(plain([span])));
      }
    }
  });

  it("gives addresses for what it shows alone", async () => {
    const { owner } = w.runtime.store;
    const links = async () => (await owner.selectFrom("file_links").select("token_hash").execute()).length;
    const before = await links();
    await w.say("Petra", `request read ${ref} 1`);
    expect(await links()).toBe(before);
  });

  it("is unknown to a stranger in every part", async () => {
    const unknown = (await w.ask("Eleni", "request read R-1 2")).replaceAll("R-1", ref);
    expect(await w.ask("Eleni", `request read ${ref} 2`)).toBe(unknown);
    expect(await w.ask("Eleni", `request read ${ref} 99`)).toBe(unknown);
  });
});
