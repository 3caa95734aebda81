import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderMessage as slack, renderForm as slackForm } from "../../../adapters/slack/render.js";
import { renderMessage as teams, renderForm as teamsForm } from "../../../adapters/teams/render.js";
import type { Message, Reply } from "../../../src/chat/index.js";
import { MEASURES } from "../../../src/sheets/measures.js";
import { LONGEST_SAID, SAID } from "../../../src/sheets/model.js";
import { messageFaults, viewFaults } from "../../fakes/slack/rules.js";
import { cardErrors } from "../../fakes/teams/checks.js";
import { readCard } from "../../fakes/teams/eye.js";
import { formOf, World } from "../../world.js";
import { lettersOf, wordsIn } from "../drawn.js";
import { ASSISTANCE, fill } from "../requests/files.js";

/** The longest sheet that can be written, in letters that take three bytes each, on what a platform draws. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: { Maria: "police focal_point staff", Petra: "prosecution staff", Omar: "labour staff" },
    lang: { Omar: "fr" },
  });
  await w.ask("Maria", "authority add XS Ministry of Justice functions:mla countryname:Sudmark");
  const values = Object.fromEntries(SAID.map((one) => [one, longest(one)]));
  for (const measure of MEASURES) {
    const form = formOf(await w.say("Maria", `sheet write XS ${measure}`));
    await w.submit("Maria", form, { country: "XS", measure, possible: "partly", langs: ["fr"], ...values });
  }
});
afterAll(() => w?.close());

const longest = (name: string) =>
  `${`begins${name} ${"调查".repeat(LONGEST_SAID)}`.slice(0, LONGEST_SAID - name.length - 5)} ends${name}`;

const postOf = (reply: Reply): Message => {
  if (!reply || !("post" in reply) || !reply.post) throw new Error("no message");
  return reply.post as Message;
};
/** Its words as each platform gets them, which takes them. */
function drawn(message: Message): string[] {
  const [blocks, { card }] = [slack(message), teams(message)];
  expect(messageFaults(blocks)).toEqual([]);
  expect(cardErrors(card, "message")).toEqual([]);
  return [lettersOf(wordsIn(blocks)), lettersOf(readCard(card).lines.join(" "))];
}

describe("the longest sheet", () => {
  it("is shown to its last word on both platforms", async () => {
    for (const name of ["Maria", "Omar"])
      for (const words of drawn(postOf(await w.say(name, "P-1"))))
        for (const one of SAID) {
          expect(words, one).toContain(`begins${one}`);
          expect(words, one).toContain(`ends${one}`);
        }
  });

  it("is changed in a form that both platforms take", async () => {
    const form = formOf(await w.say("Maria", "sheet edit P-1"));
    expect(viewFaults(slackForm(form))).toEqual([]);
    expect(cardErrors(teamsForm(form), "dialog")).toEqual([]);
    for (const one of SAID) expect(JSON.stringify(form.fields), one).toContain(`ends${one}`);
  });

  it("and all of a State's stand in a list, in the check of a draft, and in what speaks against sending it", async () => {
    drawn(postOf(await w.say("Maria", "sheet sudmark")));
    const ref = /R-\d+/.exec(await w.ask("Petra", "request new mla A-1 Records of a company account"))?.[0] ?? "";
    for (const [step, values] of Object.entries(ASSISTANCE)) await fill(w, "Petra", ref, step, values);
    const types = MEASURES.filter((one) => one === "documents_records" || one === "digital" || one.includes("_"));
    await fill(w, "Petra", ref, "assistance", { assistance: types });
    const [first = ""] = drawn(postOf(await w.say("Petra", `request check ${ref}`)));
    expect(first).toContain("beginsrequirements");
  });
});
