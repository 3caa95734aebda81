import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { backends } from "./backends.js";
import { BODY, Coord, cleanUp, emptyFolder, must, until } from "./coord.js";
import { Stage } from "./stage.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });
afterAll(cleanUp);

describe.each(backends(11))("a task from Slack to Teams and back, on $name", ({ open }) => {
  let stage: Stage;
  let coord: Coord;
  let folder: string;
  let close: () => Promise<void>;
  let started: number;

  beforeAll(async () => {
    started = Date.now();
    const backend = await open();
    close = backend.close;
    stage = await Stage.build();
    folder = await emptyFolder();
    coord = await Coord.start({ ...stage.env, ...backend.env, COORD_DATA_DIR: join(folder, "data") });
    stage.sendTo(coord);
  });
  afterAll(async () => {
    await coord?.close();
    await stage?.close();
    await close?.();
    console.log(`story: ${Date.now() - started} ms`);
  });

  it("is set up from the command line while the server runs", async () => {
    const { maria, eleni, omar, team, teams } = stage;
    expect(await coord.must(...BODY)).toContain("Northern Coordination Body (north) is made with @police, @labour.");
    expect(await coord.must("agency", "@border", "--name", "Border Guard", "--mandate", "border")).toContain("@border");
    await coord.must(
      ...["link", "@police", "--name", "Maria Levidi", "--role", "focal_point", "staff"],
      ...["--account", `slack:${team.id}:${maria.id}`],
    );
    await stage.slack.reads(maria, "Welcome, Maria Levidi");
    for (const each of [eleni, omar]) expect((await teams.fake.install(each)).status).toBe(200);
    const file = join(folder, "people.csv");
    const bad = `name,agency,role,accounts\nEleni Kastri,labour,boss,teams:${eleni.tenant}:${eleni.user}\n`;
    await writeFile(file, bad);
    const refused = await coord.cli("import", "people", file);
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining("line 2") });
    const rows = [
      `Eleni Kastri,labour,focal_point staff,teams:${eleni.tenant}:${eleni.user}`,
      `Omar Rashad,labour,staff,teams:${omar.tenant}:${omar.user}`,
    ];
    await writeFile(file, `name,agency,role,accounts\n${rows.join("\n")}\n`);
    expect(await coord.must("import", "people", file)).toContain("2 people are in.");
    await teams.reads(eleni, "Welcome, Eleni Kastri");
    await teams.reads(omar, "Welcome, Omar Rashad");
  });

  it("is asked in one line in Slack, and its card reaches the focal point in Teams", async () => {
    const { maria, eleni, slack, teams } = stage;
    const answer = await stage.command(maria, "task @labour Inspect 3 farms in Kilkis by Fri 17:00");
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).toMatch(/T-1 is asked of Labour Inspectorate, by Fri .*17:00/);
    const card = await teams.cardOf(eleni, /^T-1 · Inspect 3 farms in Kilkis$/);
    expect(teams.linesOf(card)).toEqual(expect.arrayContaining(["Asked", "Maria Levidi, National Police"]));
    expect(slack.read(await slack.cardOf(maria, /^T-1 · Inspect 3 farms in Kilkis$/))).toContain("Asked");
  });

  it("is handed on with the card's menu, and both sides read Agreed", async () => {
    const { maria, eleni, omar, slack, teams } = stage;
    const answer = await teams.press(eleni, await teams.cardOf(eleni, /^T-1 /), "Give to ▾", "Omar Rashad");
    expect(JSON.stringify(answer.body)).toContain("Agreed");
    const card = await slack.cardOf(maria, /^T-1 /);
    await until("Maria's card says Agreed", () => slack.read(card).includes("Agreed"));
    expect(slack.calls).toContainEqual(
      expect.objectContaining({ method: "chat.update", args: expect.objectContaining({ ts: card.ts }) }),
    );
    expect(slack.read(card)).toContain("Omar Rashad, Labour Inspectorate");
    await slack.reads(maria, "Eleni Kastri (Labour Inspectorate) agreed to T-1");
    expect(teams.linesOf(await teams.cardOf(omar, /^T-1 /))).toContain("Agreed");
  });

  it("is discussed: a reply in Teams stands in Maria's thread in Slack, and hers comes back", async () => {
    const { maria, omar, slack, teams } = stage;
    const root = await slack.cardOf(maria, /^T-1 /);
    await teams.reply(omar, await teams.cardOf(omar, /^T-1 /), "We need two vans");
    const comment = await slack.reads(maria, "We need two vans");
    expect(comment.threadTs).toBe(root.ts);
    expect(slack.read(comment)).toContain("Omar Rashad (Labour Inspectorate)");
    await slack.say(maria, "They are yours from six", slack.direct(maria), root.ts);
    const back = await teams.reads(omar, "They are yours from six");
    expect(teams.linesOf(back).join(" ")).toContain("Maria Levidi (National Police)");
    expect(slack.inboxOf(maria).filter((one) => slack.read(one).includes("They are yours"))).toEqual([]);
  });

  it("is done with a form in Teams and closed with a button in Slack, and both cards end Closed", async () => {
    const { maria, eleni, omar, slack, teams } = stage;
    const mine = await teams.cardOf(omar, /^T-1 /);
    const form = await teams.open(omar, mine, "Done");
    expect(form.fields).toEqual(["t_evidence"]);
    await teams.submit(omar, mine, form, { evidence: "Three farms inspected, report filed" });
    const card = await slack.cardOf(maria, /^T-1 /);
    await until("Maria's card says Done", () => slack.read(card).includes("Three farms inspected, report filed"));
    expect((await slack.press(maria, card, "Close")).status).toBe(200);
    await until("Maria's card says Closed", () => /^Closed/m.test(slack.read(card)));
    for (const each of [eleni, omar])
      await until(`${each.displayName}'s card says Closed`, () =>
        teams.linesOf(teams.cardsOf(each, /^T-1 /)[0] as never).includes("Closed"),
      );
    const counts = [slack.cardsOf(maria, /^T-1 /), teams.cardsOf(eleni, /^T-1 /), teams.cardsOf(omar, /^T-1 /)];
    expect(counts.map((cards) => cards.length)).toEqual([1, 1, 1]);
    expect({ slack: slack.refusals, teams: teams.fake.refusals }).toEqual({ slack: [], teams: [] });
  });

  it("leaves a whole chain of events, healthy parts, and ends when told", async () => {
    const head = (await coord.must("audit", "head")).trim();
    const { n } = JSON.parse(head) as { n: number };
    const forged = `${n}:${"0".repeat(64)}`;
    const [whole, cut, outbox, doctor] = await Promise.all([
      coord.must("audit", "verify", "--head", head),
      coord.cli("audit", "verify", "--head", forged),
      coord.must("outbox", "list"),
      coord.cli("doctor"),
    ]);
    expect(whole).toMatch(/The record of north is whole: \d+ events/);
    expect(cut).toMatchObject({ code: 1, out: expect.stringContaining("BROKEN") });
    expect(outbox).toContain("Nothing is failed.");
    expect(doctor).toMatchObject({ code: 0, out: expect.not.stringContaining("FIX") });
    expect(await coord.stop()).toEqual({ code: 0, signal: null });
    // With nobody running, the command line opens the data itself.
    expect(await must(coord.env, "audit", "verify", "--head", head)).toContain("is whole");
  });
});
