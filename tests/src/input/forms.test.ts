import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderForm as slackForm } from "../../../adapters/slack/render.js";
import { renderForm as teamsForm } from "../../../adapters/teams/render.js";
import { registry } from "../../../commands/index.js";
import { type Form, type InputField, LONGEST_TITLE } from "../../../src/chat/index.js";
import { titleOf } from "../../../src/command/define.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { viewFaults } from "../../fakes/slack/rules.js";
import { cardErrors } from "../../fakes/teams/checks.js";
import { readCard } from "../../fakes/teams/eye.js";
import { formOf, textOf, World } from "../../world.js";

const LETTERS: Record<string, string> = {
  ...{ task: "T", decision: "D", share: "I", use_request: "U", training: "K", summary: "S" },
  ...{ meeting: "M", objective: "O", authority: "A", request: "R", procedure_sheet: "P" },
};

describe.each(["en", "fr"])("what stands over a dialog (%s)", (lang) => {
  const t = messagesFor(lang);
  const asked = registry.commands.filter(({ args }) => Object.values(args).some(({ given }) => !given));

  it.each(asked.map((command) => [command.name, command] as const))("%s", (name, command) => {
    expect(Object.keys(t.titles)).toContain(name);
    const kind = Object.values(command.args).find(({ given, kind }) => given && kind)?.kind;
    const title = titleOf(command, t, kind ? { ref: `${LETTERS[kind]}-1234567` } : {});
    expect(title.length, title).toBeLessThanOrEqual(LONGEST_TITLE);
    // Slack counts what it escapes as what it becomes.
    expect(title).not.toMatch(/[&<>]/);
    if (kind) expect(title.startsWith(`${LETTERS[kind]}-1234567 · `)).toBe(true);
    for (const label of [command.submit?.(t) ?? t.form.send, t.form.cancel, t.form.close])
      expect(label.length, label).toBeLessThanOrEqual(LONGEST_TITLE);
  });

  it("belongs to a command", () => {
    expect(Object.keys(t.titles).filter((name) => !registry.find(name))).toEqual([]);
  });
});

describe("a list of 250 to choose from", () => {
  const options = Array.from({ length: 250 }, (_, n) => ({
    value: `${n}`.padStart(36, "0"),
    label: `Agency ${n}: Person number ${n}`,
  }));
  const form: Form = {
    ...{ id: "f", title: "Who", submit: "Send", cancel: "Cancel", state: "", lang: "en" },
    fields: [
      { type: "choices", name: "many", label: "Who is there", options, value: [options[240]?.value ?? ""] },
      { type: "choice", name: "one", label: "Who", options: options.slice(0, 150) },
    ],
  };

  it("is whole in Slack, in groups", () => {
    expect(viewFaults(slackForm(form))).toEqual([]);
    const [many] = slackForm(form).blocks as {
      element: { option_groups: { options: unknown[] }[]; initial_options: unknown[] };
    }[];
    expect(many?.element.option_groups.map((group) => group.options.length)).toEqual([100, 100, 50]);
    expect(many?.element.initial_options).toHaveLength(1);
  });

  it("is whole in Teams, where labels give way first", () => {
    const card = teamsForm({ ...form, fields: form.fields.slice(0, 1) });
    expect(cardErrors(card, "dialog")).toEqual([]);
    expect(readCard(card).inputs[0]?.choices).toHaveLength(250);
  });
});

describe("a date in a form", () => {
  let w: World;
  let now: string;
  beforeAll(async () => {
    w = await World.create({
      agencies: ["labour"],
      people: {
        Maria: "police focal_point staff coordinator",
        Fleur: "police staff focal_point",
        Eleni: "labour focal_point staff teams",
      },
      lang: { Fleur: "fr" },
    });
    now = textOf(await w.say("Maria", "task @labour Count the boats by Fri 17:00"));
  });
  afterAll(() => w.close());

  const refOf = (text: string) => /[TM]-\d+/.exec(text)?.[0] ?? "";
  type MomentField = Extract<InputField, { type: "moment" }>;
  const momentOf = (form: Form, name: string): MomentField => {
    const field = form.fields.find((one) => one.type === "moment" && one.name === name);
    if (field?.type !== "moment") throw new Error(`no moment ${name}`);
    return field;
  };

  it("is picked, and shows what the line had said", async () => {
    const form = formOf(await w.say("Maria", "task Inspect the gate by Fri 15:30"));
    expect(momentOf(form, "by")).toMatchObject({
      value: "2026-11-27T15:30",
      time: { zone: "Europe/Athens" },
      none: { box: "No date" },
    });
    expect(slackForm(form).blocks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          block_id: "by",
          element: { type: "datepicker", action_id: "value", initial_date: "2026-11-27" },
        }),
        expect.objectContaining({ block_id: "by:none" }),
      ]),
    );
    const done = textOf(await w.submit("Maria", form, { to: "@labour", title: "Inspect", by: "2026-12-01T09:00" }));
    expect(done).toContain("by Tue 1 Dec 09:00");
  });

  it("goes without where that is ticked, and ends with the working day where no time is picked", async () => {
    const form = formOf(await w.say("Maria", "task Inspect by Fri 15:30"));
    expect(textOf(await w.submit("Maria", form, { to: "@labour", title: "Inspect", by: "" }))).toContain(
      "No date was set.",
    );
    const again = formOf(await w.say("Maria", "task Inspect by Fri 15:30"));
    expect(textOf(await w.submit("Maria", again, { to: "@labour", title: "Inspect", by: "2026-12-01" }))).toContain(
      "by Tue 1 Dec 17:00",
    );
  });

  it.each([
    ["date", "when", "2026-11-20T10:00", /^Fri 20 Nov 10:00 has passed: it is Mon 23 Nov 10:0\d now\. Pick a later/],
    ["date", "when", "2026-11-20", /^Fri 20 Nov has passed/],
    ["date", "when", "T10:00", /^10:00 of which day\?/],
    ["snooze", "until", "2026-11-20T10:00", /has passed/],
  ])("%s refuses what cannot be beside the field: %s %s", async (command, field, picked, says) => {
    // Who asked agrees on dates; who does it is reminded.
    const who = command === "snooze" ? "Eleni" : "Maria";
    const form = formOf(await w.say(who, `${command} ${refOf(now)}`));
    expect(form.title.startsWith(`${refOf(now)} · `)).toBe(true);
    const reply = await w.submit(who, form, { [field]: picked });
    if (!reply || !("errors" in reply)) throw new Error(textOf(reply));
    expect(reply.errors[field]).toMatch(says);
  });

  it("is said in French to who reads French", async () => {
    const form = formOf(await w.say("Fleur", `date ${refOf(now)}`));
    const reply = await w.submit("Fleur", form, { when: "2026-11-20T10:00" });
    expect(textOf(reply)).toMatch(/appartient déjà au passé \(maintenant\s: lun\. 23 nov\. 10:0\d\)\. Choisissez/);
  });

  it("leaves room for a rhythm in words, and takes one of the two", async () => {
    const once = formOf(await w.say("Maria", "meet Briefing Tue 10:00"));
    expect(momentOf(once, "when")).toMatchObject({ value: "2026-11-24T10:00", words: { maxLength: 120 } });
    const form = formOf(await w.say("Maria", "meet Briefing every first Tue 10:00"));
    expect(momentOf(form, "when")).toMatchObject({ words: { value: "every first Tue 10:00" } });
    expect(momentOf(form, "when").value).toBeUndefined();
    const both = await w.submit("Maria", form, {
      ...{ title: "Briefing", with: ["all"] },
      when: "2026-12-01T10:00\nevery first Tue 10:00",
    });
    expect(textOf(both)).toContain("keep one of the two");
    const called = await w.submit("Maria", form, { title: "Briefing", when: "2026-12-01T10:00", with: ["all"] });
    expect(textOf(called)).toContain("Tue 1 Dec 10:00");
  });

  it("quotes words that it cannot be picked from, with what they may mean", async () => {
    const draft = await w.say("Maria", "task @labour Inspect by 2/3 December");
    const stands = w.stands("Maria", draft);
    const form = formOf(await w.press("Maria", stands, "Pick a date"));
    expect(momentOf(form, "by").value).toBeUndefined();
  });
});
