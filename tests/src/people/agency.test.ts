import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAgency, initBody } from "../../../src/cli/setup.js";
import { formOf, textOf, World, words } from "../../world.js";

let w: World;
beforeAll(async () => {
  w = await World.create({
    agencies: ["iom"],
    people: {
      Sofia: "desk coordinator focal_point",
      Maria: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
    },
    lang: { Omar: "fr" },
  });
});
afterAll(() => w.close());

const person = async (name: string) =>
  w.runtime.store.owner
    .selectFrom("persons")
    .select(["zone", "work_from", "work_to"])
    .where("name", "=", name)
    .executeTakeFirstOrThrow();

describe("an agency's week", () => {
  it("is shown to everybody, and said from the command line", async () => {
    const usual = "Labour (@labour) works Mon–Fri, 09:00 to 17:00 (Europe/Athens). Public holidays: none.";
    expect(await addAgency(w.runtime, "@labour", {})).toBe(usual);
    expect(await w.ask("Maria", "agency @labour")).toBe(usual);
    expect(await w.ask("Eleni", "agency")).toBe(`${usual}\n[Change]`);
  });

  it("is changed by its focal point, and its people who had its hours follow", async () => {
    await w.say("Omar", "settings hours:10:00-18:00");
    const line =
      'agency hours:8-16 days:Sun-Thu country:gr closed:2026-12-24 open:2026-12-25 name:"Labour Inspectorate"';
    expect(await w.ask("Eleni", line)).toBe(
      "Labour Inspectorate (@labour) works Sun–Thu, 08:00 to 16:00 (Europe/Athens). Public holidays: GR. Also closed: 24 Dec 2026. Open in spite of a holiday: 25 Dec 2026.",
    );
    expect(await person("Eleni")).toMatchObject({ work_from: "08:00", work_to: "16:00" });
    expect(await person("Omar")).toMatchObject({ work_from: "10:00", work_to: "18:00" });
    expect(await w.ask("Eleni", "agency closed:2026-12-25 open:2026-12-24")).toContain(
      "Also closed: 25 Dec 2026. Open in spite of a holiday: 24 Dec 2026.",
    );
  });

  it("is what reminders are reckoned by, also those that were laid before", async () => {
    const ref = /T-\d+/.exec(await w.ask("Maria", "task @labour Count the farms by 2026-12-17 16:00"))?.[0] ?? "";
    const due = () =>
      w.runtime.store.owner
        .selectFrom("reminder_steps")
        .innerJoin("tasks", "tasks.id", "reminder_steps.item_id")
        .select("reminder_steps.due_at")
        .where("tasks.number", "=", Number(ref.slice(2)))
        .where("fired_at", "is", null)
        .where("step", "=", "before-1d")
        .where("audience", "=", "own")
        .execute();
    const before = (await due()).map(({ due_at }) => due_at.toISOString());
    // Half an hour before closing.
    expect(before).toEqual(["2026-12-16T13:30:00.000Z"]);
    await w.say("Eleni", "agency closed:2026-12-16");
    const after = (await due()).map(({ due_at }) => due_at.toISOString());
    // Its working hours have begun on the day after.
    expect(after).toEqual(["2026-12-17T06:00:00.000Z"]);
  });

  it("is the form that shows what holds, and sent as it stands it changes nothing", async () => {
    const form = formOf(await w.click("Eleni", "agency", "north/@labour"));
    const values = Object.fromEntries(
      form.fields.flatMap((field) => ("name" in field && field.type === "text" ? [[field.name, field.value]] : [])),
    );
    expect(values).toMatchObject({ name: "Labour Inspectorate", days: "Sun–Thu", hours: "08:00-16:00", country: "GR" });
    const events = async () =>
      w.runtime.store.owner.selectFrom("events").select("id").where("action", "=", "agency.changed").execute();
    const before = await events();
    await w.submit("Eleni", form, values);
    expect(await events()).toEqual(before);
  });

  it.each([
    ["Eleni", "agency hours:16-8", "“16-8” is not a span of hours"],
    ["Eleni", "agency days:weekdays", "“weekdays” are not working days"],
    ["Eleni", "agency closed:Christmas", "“Christmas” is not a list of days"],
    ["Eleni", "agency country:XX", "“XX” is not a country"],
    ["Eleni", "agency zone:Athens/Europe", "“Athens/Europe” is not a time zone"],
    ["Eleni", "agency @police hours:8-16", "That is for the agency itself, by its focal point."],
    ["Omar", "agency hours:8-16", "point focal"],
    ["Eleni", "agency add @customs Customs", "That is for: coordinator."],
  ])("%s: %s is refused", async (who, line, says) => {
    expect(await w.ask(who, line)).toContain(says);
  });

  it("is the coordinator's to say too, and the command line's, which makes and changes", async () => {
    expect(await w.ask("Sofia", "agency @iom zone:Africa/Cairo days:Sun-Thu")).toContain(
      "Sun–Thu, 09:00 to 17:00 (Africa/Cairo)",
    );
    expect(await addAgency(w.runtime, "@iom", { hours: "7:30-15:00", country: "none" })).toContain("07:30 to 15:00");
    await initBody(w.runtime, {
      name: "South",
      slug: "south",
      zone: "UTC",
      lang: "en",
      agency: ["iom=Another name:other"],
    });
    expect(await addAgency(w.runtime, "@iom", { body: "north" })).toMatch(/^Iom \(@iom\) works Sun–Thu, 07:30/);
    await w.runtime.store.owner.deleteFrom("members").where("body_id", "!=", w.body).execute();
    await w.runtime.store.owner.deleteFrom("events").where("body_id", "!=", w.body).execute();
    await w.runtime.store.owner.deleteFrom("to_follow").where("body_id", "!=", w.body).execute();
    await w.runtime.store.owner.deleteFrom("bodies").where("slug", "=", "south").execute();
    await expect(addAgency(w.runtime, "@nobody", {})).rejects.toThrow("To make it, say its name");
    expect(await addAgency(w.runtime, "@court", { name: "High Court", days: "Mon-Thu", observer: true })).toContain(
      "@court is a member of Northern Body.\nHigh Court (@court) works Mon–Thu",
    );
  });
});

describe("the first days of a body", () => {
  const list = async () => textOf(await w.say("Sofia", "setup")).split("\n");

  it("are a list on the coordinator's home, each step a button, until all is done", async () => {
    const home = textOf(await w.say("Sofia", ""));
    expect(home).toContain("Setting up Northern Body: 1 of 5 done");
    expect(home).toContain("[Code for Iom] [Ask the focal points] [See the rules] [Call a meeting] [Hide this list]");
    expect(textOf(await w.say("Maria", ""))).not.toContain("Setting up");
    expect(await w.ask("Maria", "setup")).toContain("That is for: coordinator.");
  });

  it("add an agency, whose first person comes with a code and is its focal point", async () => {
    const form = formOf(await w.click("Sofia", "agency-add", "north/"));
    const made = await w.submit("Sofia", form, { handle: "@customs", name: "Customs Service", mandate: "border" });
    expect(textOf(made)).toContain("Customs Service (@customs) takes part now.");
    expect(await w.ask("Sofia", "agency add @customs Again")).toBe(
      "@customs is taken as a short name. Choose another.",
    );
    expect(await w.ask("Sofia", "agency add @cus.toms Again")).toContain("is not a short name");
    const code = textOf(await w.click("Sofia", "add", "north/for:@customs"));
    expect(code).toContain("Code for the first person of Customs Service, its focal point:");
    w.enrolled("Jonas", { platform: "slack", tenant: "slack-customs", user: "UJonas" });
    expect(await w.ask("Jonas", `join ${/[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(code)?.[0]}`)).toContain("Welcome, Jonas.");
    expect(await w.ask("Jonas", "agency")).toContain("[Change]");
    expect(await w.ask("Sofia", "add for:@customs")).toContain("Customs Service has a focal point");
    expect(await w.ask("Maria", "add for:@iom")).toBe("That is for the agency itself, by its focal point.");
  });

  it("ask the focal points for their channels once a day", async () => {
    expect(textOf(await w.click("Sofia", "setup", "north/channels"))).toBe("4 focal points are asked.");
    expect(await w.ask("Sofia", "setup channels")).toBe("They were asked today already.");
    await w.settle();
    expect(words(w.last("Maria").message)).toContain("add Coord to the channel and type there: bind @police");
  });

  it("keep the usual rules with one press", async () => {
    const form = formOf(await w.click("Sofia", "meet-rules", "north/"));
    const values = Object.fromEntries(
      form.fields.flatMap((f) =>
        "name" in f && (f.type === "text" || f.type === "choice") ? [[f.name, f.value]] : [],
      ),
    );
    await w.submit("Sofia", form, values);
    expect((await list()).join("\n")).toContain("✓ Rules of meetings");
  });

  it("are put away, and come back when asked for", async () => {
    await w.click("Sofia", "setup", "north/off");
    expect(textOf(await w.say("Sofia", ""))).not.toContain("Setting up");
    expect((await list())[0]).toContain("Setting up Northern Body");
    expect(textOf(await w.say("Sofia", ""))).toContain("Setting up");
  });

  it("a task to an agency where nobody is enrolled says so", async () => {
    expect(await w.ask("Maria", "task @iom Name a contact")).toContain("Nobody of Iom is on Coord yet");
    expect(await w.ask("Maria", "task @labour Name a contact")).not.toContain("on Coord yet");
  });
});
