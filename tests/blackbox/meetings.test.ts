import { join } from "node:path";
import { addDays, format, nextMonday } from "date-fns";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Assembly, buttonsOf } from "./assembly.js";
import { backends } from "./backends.js";
import { Coord, cleanUp, emptyFolder, until } from "./coord.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });
afterAll(cleanUp);

describe.each(backends(14))("a meeting of six agencies in Slack and Teams, on $name", ({ open }) => {
  let a: Assembly;
  let coord: Coord;
  let close: () => Promise<void>;
  /** Days from the Monday on which the story begins. */
  let day: (n: number) => string;

  beforeAll(async () => {
    const backend = await open();
    close = backend.close;
    a = await Assembly.build();
    const folder = await emptyFolder();
    coord = await Coord.start({ ...a.env, ...backend.env, COORD_DATA_DIR: join(folder, "data") });
    await a.open(coord, folder);
    const monday = nextMonday(await a.now());
    day = (n) => format(addDays(monday, n), "yyyy-MM-dd");
    await a.clockTo(`${day(0)}T10:00`);
  });
  afterAll(async () => {
    await coord?.close();
    await a?.close();
    await close?.();
  });

  it("asks for votes, by forms in Slack and dialogs in Teams, with a tally that is live", async () => {
    const { sofia, maria, jonas, eleni, amelie, grace, slack, teams } = a;
    expect(await a.command(maria, "bind @gendarmes", a.channels.gendarmes)).toContain("Gendarmerie");
    await a.mention(eleni, a.channels.inspectors, "bind @inspectors");
    expect(await a.command(sofia, "meet rules correct:1")).toContain("corrected for 1 working day");
    const slots = [`${day(7)} 10:00`, `${day(8)} 10:00`, `${day(9)} 14:00`].join("; ");
    const line = `meet poll Joint plan for spring 60m with all by ${day(2)} 17:00 chair:@Amelie place:"Room 5" slots:"${slots}"`;
    expect(await a.command(sofia, line)).toMatch(/M-1 asks for votes on 3 dates until/);

    await a.press(maria, await a.slackCard(maria), "Vote");
    await until("Maria's form is open", () => slack.modalOf(maria));
    await slack.submit(maria, { yes: ["2"], maybe: ["3"] });
    await a.press(jonas, await a.slackCard(jonas), "Vote");
    await until("Jonas' form is open", () => slack.modalOf(jonas));
    await slack.submit(jonas, { yes: ["2"] });
    const card = await a.teamsCard(eleni);
    expect(teams.linesOf(card)[0]).toBe("M-1 · Joint plan for spring");
    const form = await a.dialog(eleni, card, "Vote");
    expect(form.fields).toEqual(["m_yes", "m_maybe"]);
    await teams.submit(eleni, card, form, { yes: "1,2" });
    const hers = await a.teamsCard(amelie);
    await teams.submit(amelie, hers, await a.dialog(amelie, hers, "Voter"), { yes: "2", maybe: "1" });
    const graces = await a.teamsCard(grace);
    await teams.submit(grace, graces, await a.dialog(grace, graces, "Vote"), { maybe: "2" });

    const tally =
      /yes: Gendarmerie, Customs Office, Work Inspectorate, Asylum Office.*if needed: Shelter Network.*fits best/;
    const board = await a.slackCard(sofia);
    await until("Sofia's card has all votes", () => tally.test(slack.read(board)));
    await until("Grace's card has all votes", () => tally.test(teams.linesOf(graces).join("\n")));
  });

  it("takes the date once, though two close the poll at the same moment", async () => {
    const { sofia, maria, jonas, eleni, amelie, grace, slack, teams } = a;
    const [inSlack, inTeams] = [await a.slackCard(sofia), await a.teamsCard(amelie)];
    await Promise.all([a.press(sofia, inSlack, "Close the poll"), teams.press(amelie, inTeams, "Clore le sondage")]);
    for (const each of [maria, jonas]) await slack.reads(each, "The date of M-1 · Joint plan for spring is found");
    for (const each of [eleni, grace]) await teams.reads(each, "The date of M-1 · Joint plan for spring is found");
    const found = (text: string) => text.includes("is found");
    expect(slack.inboxOf(maria).filter((one) => found(slack.read(one)))).toHaveLength(1);
    expect(teams.inboxOf(grace).filter((one) => found(teams.linesOf(one).join()))).toHaveLength(1);
    await until("the poll is a meeting on every card", () =>
      [slack.read(inSlack), teams.linesOf(inTeams).join("\n")].every(
        (text) => /Room 5/.test(text) && /10:00/.test(text),
      ),
    );
  });

  it("is answered by buttons, an old client's too, and menus name deputies", async () => {
    const { sofia, maria, petros, eleni, omar, grace, slack, teams } = a;
    const graces = await a.teamsCard(grace);
    await until("Grace is asked", () => buttonsOf(graces).includes("Yes"));
    await teams.press(grace, graces, "Perhaps");
    expect((await a.pressOld(grace, graces, "Yes")).status).toBe(200);
    await until("Grace comes", () => teams.linesOf(graces).includes("Your answer: yes"));
    const marias = await a.slackCard(maria);
    await a.press(maria, marias, "No");
    await until("the police do not come", () => slack.read(marias).includes("Not coming: Gendarmerie"));
    await slack.choose(maria, marias, "Send a deputy", "Petros Anagnos");
    expect(slack.read(await a.slackCard(petros))).toContain("Joint plan for spring");
    await teams.press(eleni, await a.teamsCard(eleni), "Send a deputy ▾", "Omar Rashad");
    expect(teams.linesOf(await a.teamsCard(omar))[0]).toBe("M-1 · Joint plan for spring");
    const board = await a.slackCard(sofia);
    await until("all six come", () => {
      const coming = /^Coming: (.*)$/m.exec(slack.read(board))?.[1]?.split(", ") ?? [];
      return coming.length === 6 && !slack.read(board).includes("Not coming");
    });
  });

  it("takes items for its agenda by form, lets a late one in, and sends the pack a day before", async () => {
    const { sofia, maria, jonas, amelie, grace, omar, slack, teams } = a;
    await a.press(jonas, await a.slackCard(jonas), "Add item");
    await until("Jonas' form is open", () => slack.modalOf(jonas));
    await slack.submit(jonas, { title: "Crossings in autumn", minutes: "15m" });
    const graces = await a.teamsCard(grace);
    const form = await a.dialog(grace, graces, "Add item");
    await teams.submit(grace, graces, form, { title: "Places in shelters", minutes: "20m" });
    // It closed on Sunday: what is asked for on Monday waits for the chair's leave.
    await a.clockTo(`${day(7)}T09:10`);
    const late = await a.dialog(grace, graces, "Add item");
    const told = await teams.submit(grace, graces, late, { title: "Winter clothing" });
    expect(JSON.stringify(told.body)).toContain("waits for the chair's leave");
    await slack.reads(sofia, "asks for a late item on the agenda of M-1");
    await a.press(sofia, await a.slackCard(sofia), "Agenda");
    const agenda = await a.seen(sofia, (one) => slack.read(one).includes("Late: Winter clothing"));
    await a.press(sofia, agenda, "Let in");
    await teams.reads(grace, "Your late item is on the agenda of M-1");

    await a.clockTo(`${day(7)}T10:05`);
    const packs = [await slack.reads(maria, "Pack for M-1"), await slack.reads(jonas, "Pack for M-1")].map((one) =>
      slack.read(one),
    );
    packs.push(teams.linesOf(await teams.reads(omar, "Pack for M-1")).join("\n"));
    for (const pack of packs)
      expect(pack).toMatch(/1\. Crossings in autumn[\s\S]*2\. Places in shelters[\s\S]*3\. Winter clothing/);
    expect(teams.linesOf(await teams.reads(amelie, "Dossier de séance")).join("\n")).toContain("Crossings in autumn");
  });

  it("begins once, though two press Start at the same moment", async () => {
    const { sofia, amelie, slack, teams } = a;
    await a.clockTo(`${day(8)}T10:01`);
    const inSlack = await slack.reads(sofia, "press Start");
    const inTeams = await until("Amelie is told to begin", () =>
      teams.inboxOf(amelie).findLast((posted) => buttonsOf(posted).includes("Ouvrir la séance")),
    );
    const [, answer] = await Promise.all([
      a.press(sofia, inSlack, "Start"),
      teams.press(amelie, inTeams, "Ouvrir la séance"),
    ]);
    // One of the two began it, the other hears so.
    const late = () =>
      slack.inboxOf(sofia).filter((one) => slack.read(one).includes("M-1 has been started already")).length +
      (JSON.stringify(answer.body).includes("est déjà ouverte") ? 1 : 0);
    await until("one hears that it has begun", () => late() === 1);
    const board = await a.slackCard(sofia);
    await until("the meeting runs on every card", () => slack.read(board).includes("Running now"));
    expect(slack.read(board)).toMatch(/1 of 6 agencies present, 4 needed: no quorum/);
  });

  it("decides with a quorum only; attendance is taken by form, and what is asked is an action of it", async () => {
    const { sofia, jonas, amelie, eleni, slack, teams } = a;
    const chair = await a.teamsCard(amelie);
    await until("the chair can decide", () => buttonsOf(chair).includes("Enregistrer une décision"));
    const words = { words: "Joint checks from January", for: "4", against: "0" };
    const refused = await teams.submit(amelie, chair, await a.dialog(amelie, chair, "Enregistrer une décision"), words);
    expect(JSON.stringify(refused.body)).toMatch(/quorum/);

    const board = await a.slackCard(sofia);
    await a.press(sofia, board, "Attendance");
    const form = await until("Sofia's form is open", () => slack.modalOf(sofia));
    const list = JSON.stringify(form.view);
    for (const name of [
      "Customs Office: Jonas Brandt",
      "Work Inspectorate: Omar Rashad",
      "Shelter Network: Grace Okoro",
    ])
      expect(list).toContain(name);
    await slack.submit(sofia, {
      present: [
        ...["Coordination Desk: Sofia Lindqvist", "Gendarmerie: Petros Anagnos", "Work Inspectorate: Omar Rashad"],
        ...["Customs Office: Jonas Brandt", "Asylum Office: Amelie Roussel"],
      ],
    });
    await until("there is a quorum", () => /5 of 6 agencies present, 4 needed: quorum/.test(slack.read(board)));
    const taken = await teams.submit(amelie, chair, await a.dialog(amelie, chair, "Enregistrer une décision"), words);
    expect(JSON.stringify(taken.body)).toContain("D-1");
    await until("the decision is on the board", () => /D-1 Joint checks from January/.test(slack.read(board)));
    expect(await a.command(sofia, "note Customs count 12 lorries item:1")).toContain("Line 1 is in the record");
    expect(await a.command(sofia, "task @customs Count the lorries by Fri 17:00")).toContain("T-1 is asked of");
    const fromDecision = await a.dialog(amelie, chair, "Demander une mesure");
    expect(fromDecision.fields.length).toBeGreaterThan(1);
    const asked = await teams.submit(amelie, chair, fromDecision, {
      to: "@inspectors",
      title: "Draw up the rota",
      by: "Fri 17:00",
    });
    expect(JSON.stringify(asked.body ?? "")).not.toContain("error");
    expect(slack.read(await slack.cardOf(jonas, /^T-1 /))).toContain("Count the lorries");
    expect(teams.linesOf(await teams.cardOf(eleni, /^T-2 /))[0]).toBe("T-2 · Draw up the rota");
  });

  it("ends, and its result stands in channels of both platforms and with everybody", async () => {
    const { sofia, jonas, grace, slack, teams, channels } = a;
    await a.press(sofia, await a.slackCard(sofia), "End");
    const says = [
      "Result of M-1 · Joint plan for spring",
      "5 agencies present, 1 decision, 2 actions",
      ...["D-1 Joint checks from January", "T-1 Count the lorries", "T-2 Draw up the rota"],
    ];
    const whole = (text: string) => says.every((words) => text.includes(words));
    await until("the Slack channel has the result", () => a.inSlack(channels.gendarmes).some(whole));
    await until("the Teams channel has the result", () => a.inChannel(channels.inspectors).some(whole));
    expect(slack.read(await slack.reads(jonas, "Result of M-1"))).toMatch(
      /Actions of your agency\nT-1[\s\S]*Actions of others\nT-2/,
    );
    await teams.reads(grace, "Result of M-1");
    for (const [texts] of [[a.inSlack(channels.gendarmes)], [a.inChannel(channels.inspectors)]] as const)
      expect(texts.filter((text) => text.includes("Result of M-1"))).toHaveLength(1);
  });

  it("has its minutes circulated, corrected and approved by silence", async () => {
    const { sofia, jonas, grace, slack, teams } = a;
    const board = await a.slackCard(sofia);
    await until("the minutes can be circulated", () => slack.read(board).includes("draft minutes"));
    await a.press(sofia, board, "Circulate");
    await teams.reads(grace, "circulated the minutes of M-1");
    const card = await a.teamsCard(grace);
    await until("Grace can correct them", () => buttonsOf(card).includes("Correct"));
    await teams.submit(grace, card, await a.dialog(grace, card, "Correct"), {
      words: "Line 1 should read 14 lorries",
    });
    await slack.reads(sofia, "corrected the minutes of M-1");
    expect(await a.command(sofia, "approve M-1")).toContain("One correction waits");
    await a.press(sofia, board, "Minutes");
    const minutes = await a.seen(sofia, (one) => /^Minutes of M-1[\s\S]*14 lorries/.test(slack.read(one)));
    expect(slack.read(minutes)).toMatch(/Minutes of M-1[\s\S]*Customs count 12 lorries/);
    await a.press(sofia, minutes, "Take in");
    await teams.reads(grace, "took in your correction to the minutes of M-1");
    await a.clockTo(`${day(11)}T12:00`);
    await slack.reads(jonas, "The minutes of M-1 · Joint plan for spring are approved.");
    await teams.reads(grace, "The minutes of M-1 · Joint plan for spring are approved.");
    expect(await a.command(sofia, "note M-1 Too late")).toContain("the record is closed");
  });

  it("gives the Word file once and the calendar to who has its secret, and nothing to others", async () => {
    const { jonas, grace, slack, teams } = a;
    await a.press(jonas, await a.slackCard(jonas), "As Word");
    const link = a.addressIn(
      (await a.seen(jonas, (one) => JSON.stringify(one.blocks ?? "").includes("/files/"))).blocks,
    );
    // Whoever only looks, as previews and scanners do, uses nothing up and learns nothing.
    for (const method of ["HEAD", "GET", "HEAD", "GET"]) {
      const looked = await a.fetch(link, { method, headers: { "user-agent": "Slackbot-LinkExpanding 1.0" } });
      expect(looked.status).toBe(200);
      expect(looked.headers.get("content-type")).toContain("text/html");
      expect(await looked.text()).not.toMatch(/M-1|spring/);
    }
    const file = await a.fetch(link, { method: "POST" });
    expect(file.status).toBe(200);
    expect(file.headers.get("cache-control")).toContain("no-store");
    expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="M-1\.docx"/);
    const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
    const text = new TextDecoder().decode(parts["word/document.xml"]);
    for (const words of ["Joint checks from January", "Customs count 12 lorries", "14 lorries", "Draw up the rota"])
      expect(text).toContain(words);
    for (const method of ["HEAD", "GET", "POST"]) expect((await a.fetch(link, { method })).status).toBe(404);

    const card = await a.teamsCard(grace);
    await teams.press(grace, card, "As Word");
    const hers = await until("Grace has the address", () =>
      teams.inboxOf(grace).findLast((posted) => JSON.stringify(posted.activity).includes("/files/")),
    );
    expect(
      (await a.fetch(a.addressIn(hers.activity), { method: "POST" })).headers.get("content-disposition"),
    ).toContain("M-1.docx");

    const answer = await a.slack.command(jonas, "calendar", slack.direct(jonas));
    const feed = a.addressIn(answer.body);
    for (const _ of [1, 2]) {
      const calendar = await a.fetch(feed);
      expect(calendar.status).toBe(200);
      expect(calendar.headers.get("content-type")).toContain("text/calendar");
      expect(calendar.headers.get("cache-control")).toContain("no-store");
      const ics = await calendar.text();
      expect(ics).toContain("SUMMARY:M-1 · Joint plan for spring");
      expect(ics).toContain("LOCATION:Room 5");
      expect(ics).toMatch(new RegExp(`DTSTART;TZID=Europe/Athens:${day(8).replaceAll("-", "")}T100000`));
    }
    expect(await a.command(jonas, "calendar")).toContain("is shown once only");
    for (const wrong of [
      feed.replace(/.(?=\.ics$)/, (last) => (last === "A" ? "B" : "A")),
      feed.replace("/calendar/", "/files/"),
      "https://coord.example/files/none",
    ])
      expect((await a.fetch(wrong)).status).toBe(404);
  });

  it("caused no payload that a platform refuses, and no message that could not be sent", async () => {
    expect({ slack: a.slack.refusals, teams: a.teams.fake.refusals }).toEqual({ slack: [], teams: [] });
    expect(await coord.must("outbox", "list", "--body", "north")).toContain("Nothing is failed.");
    expect(await coord.must("audit", "verify", "--body", "north")).toContain("The record of north is whole");
  });
});
