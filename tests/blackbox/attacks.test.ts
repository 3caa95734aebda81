import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Person as SlackPerson } from "../fakes/slack.js";
import { Assembly } from "./assembly.js";
import { backends } from "./backends.js";
import { Coord, cleanUp, emptyFolder, until } from "./coord.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });
afterAll(cleanUp);

/** Coord's own marks of a mention, what turns words around, what ends a line, and what no database holds. */
const MARK = "\uE0000\uE001";
const FORGED = `${MARK}\u202E\u2066Gendarmerie\nT-1\u0000\u2028`;
const UNSEEN = /[\uE000-\uF8FF\u202A-\u202E\u2066-\u2069\u0000\u2028\u2029]/u;
const canary = () => `Zx${randomBytes(5).toString("hex")}`;

/** From outside, by people who mean harm or are careless, on one started server: THREATS.md says what each is about. */
describe.each(backends(10).filter(({ name }) => name !== "PostgreSQL"))("who means harm, on $name", ({ open }) => {
  let a: Assembly;
  let coord: Coord;
  let folder: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const backend = await open();
    close = backend.close;
    a = await Assembly.build();
    folder = await emptyFolder();
    coord = await Coord.start({ ...a.env, ...backend.env, COORD_DATA_DIR: join(folder, "data") });
    await a.open(coord, folder);
  });
  afterAll(async () => {
    await coord?.close();
    await a?.close();
    await close?.();
  });

  const people = async (...rows: string[]) => {
    const file = join(folder, `${randomUUID()}.csv`);
    await writeFile(file, ["name,agency,role,accounts", ...rows].join("\n"));
    return coord.cli("import", "people", file, "--body", "north");
  };
  /** What left for the platforms since, as it went. */
  const sentSince = () => {
    const [calls, activities, answers] = [a.slack.calls.length, a.teams.fake.calls.length, a.teams.answers.length];
    const deliveries = a.slack.deliveries.length;
    return () =>
      JSON.stringify([
        a.slack.calls.slice(calls).map(({ method, args }) => ({ method, args })),
        a.slack.deliveries.slice(deliveries).map(({ answer }) => answer),
        a.teams.fake.calls.slice(activities).map(({ text }) => text),
        a.teams.answers.slice(answers),
      ]);
  };
  /** The answer to a command, also one that came late and hence by the address that Slack gave for it. */
  const typed = async (person: SlackPerson, text: string, where = a.slack.direct(person)): Promise<string> => {
    const before = a.slack.messages.length;
    const answer = await a.command(person, text, where);
    if (answer !== "") return answer;
    const late = () => a.slack.messages.slice(before).find(({ onlyFor }) => onlyFor === person.id);
    return (await until(`${person.name} has an answer to ${text}`, late)).text;
  };
  const ready = async () => expect((await fetch(`${coord.url}/readyz`)).status).toBe(200);

  it("a name that is made to be a mark, to turn words around or to break lines is a name like others", async () => {
    const { maria, slack, teams, eleni } = a;
    const sent = sentSince();
    const evil = teams.fake.addPerson(eleni.tenant, FORGED);
    await teams.fake.install(evil);
    await teams.say(evil, "hello");
    await teams.say(eleni, "add somebody");
    const issued = await teams.reads(eleni, /[A-Z2-9]{4}-[A-Z2-9]{4}/);
    const [code] = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(teams.linesOf(issued).join()) ?? [];
    await teams.say(evil, `join ${code}`);
    const asked = await teams.reads(eleni, /somebody.*Gendarmerie/);
    await teams.press(eleni, asked, "Yes, let in");
    await teams.reads(evil, "added you");
    // Slack tells names with commands and in mentions.
    const mallory = slack.person(a.teamsOf.gendarmes, "mallory");
    const body = slack.request("slash_commands", {
      ...{ team_id: mallory.team, user_id: mallory.id, user_name: FORGED, channel_name: "directmessage" },
      ...{ channel_id: slack.direct(mallory).id, command: "/coord", text: "inbox", trigger_id: randomUUID() },
    });
    expect((await slack.send(body)).status).toBe(200);
    const mention = slack.request("slash_commands", {
      ...{ team_id: maria.team, user_id: maria.id, user_name: "maria", channel_name: "directmessage" },
      ...{ channel_id: slack.direct(maria).id, command: "/coord", trigger_id: randomUUID() },
      text: `task @inspectors Ask <@${mallory.id}|${FORGED}> and <@${a.petros.id}|${MARK}> by Fri 17:00`,
    });
    expect((await slack.send(mention)).status).toBe(200);
    const card = await teams.cardOf(eleni, /^T-1 · Ask .* and Petros Anagnos$/);
    // Whoever bears it is mentioned, named and written to as anybody is.
    await teams.press(eleni, card, "Give to ▾", "somebody");
    await teams.cardOf(evil, /^T-1 /);
    expect(await typed(maria, "who @inspectors")).not.toBe("");
    expect(sent().replaceAll("\\n", "")).not.toMatch(UNSEEN);
    expect(teams.linesOf(card).filter((line) => line === "T-1")).toEqual([]);
    await ready();
  });

  it("a namesake has nothing of the other's, whether imported or linked, and two are asked about", async () => {
    const { maria, omar, slack, teams } = a;
    const [second, third] = [slack.person(a.teamsOf.desk, "omar2"), slack.person(a.teamsOf.customs, "omar3")];
    const title = canary();
    const [ref = ""] = /T-\d+/.exec(await typed(maria, `task @omar ${title} tlp:red`)) ?? [];
    await teams.cardOf(omar, new RegExp(`^${ref}$`));
    const { out, code } = await people(
      `Omar Rashad,inspectors,staff,slack:${second.team}:${second.id}`,
      `Lara,inspectors,staff,slack:${second.team}:U0LARA1`,
      `Lara Croft,gendarmes,staff,slack:${maria.team}:U0LARA2`,
    );
    expect([code, out]).toEqual([0, expect.stringMatching(/line 2: .*has another Omar Rashad.*they are two people/)]);
    const account = `slack:${third.team}:${third.id}`;
    const linked = await coord.must(
      "link",
      "@inspectors",
      "--name",
      "Omar Rashad",
      "--account",
      account,
      "--body",
      "north",
    );
    expect(linked).toContain("they are two people");
    for (const namesake of [second, third]) {
      await slack.reads(namesake, "Welcome");
      const sent = sentSince();
      await typed(namesake, "tasks all");
      await typed(namesake, ref);
      await typed(namesake, `accept ${ref}`);
      expect(sent()).toContain(`There is no ${ref}`);
      expect(sent()).not.toContain(title);
    }
    const asked = await slack.command(maria, "task @lara Count the boats", slack.direct(maria));
    expect(JSON.stringify(asked.body)).toMatch(
      /Which @lara do you mean\?.*Lara · Work Inspectorate.*Lara Croft · Gend/s,
    );
    expect(await typed(maria, "tasks all")).not.toContain("boats");
  });

  it("an account that nobody has shown is nobody's to add", async () => {
    const { eleni, maria, slack } = a;
    const victim = slack.person(a.teamsOf.desk, "victim");
    for (const line of [
      `addaccount slack ${victim.team} ${victim.id} staff`,
      `addaccount teams ${eleni.tenant} ${randomUUID()}`,
      `addaccount ${randomUUID()}`,
    ])
      expect(await typed(maria, line)).toMatch(/changed or is gone|not understood/);
    const nobody = await slack.command(victim, "inbox", slack.direct(victim));
    expect(JSON.stringify(nobody.body)).toMatch(/does not know you|join/);
  });

  it("a marking counts however it is typed, and its words stand in no chat", async () => {
    const { maria, eleni, teams } = a;
    const markings = [
      ...[
        "tlp: amber",
        "[TLP:AMBER]",
        "*TLP:AMBER*",
        "(TLP:AMBER)",
        "TLP：AMBER",
        "ＴＬＰ：ＡＭＢＥＲ",
        "label: amber",
      ],
      ...["étiquette : ambre", "tlp:amber strict", "TLP\u00a0: AMBER"],
    ];
    const sent = sentSince();
    const words = canary();
    for (const [n, marking] of markings.entries())
      expect(await typed(maria, `task @inspectors Meet ${words}${n} by Fri 17:00 ${marking}`), marking).toMatch(
        /T-\d+/,
      );
    const cards = await until(
      "Eleni has all cards",
      () => {
        const all = teams
          .inboxOf(eleni)
          .filter((one) => teams.linesOf(one).some((line) => /TLP:(AMBER|RED)/.test(line)));
        return all.length >= markings.length ? all : undefined;
      },
      60_000,
    );
    const labels = cards
      .slice(-markings.length)
      .map((one) => teams.linesOf(one).find((line) => line.startsWith("TLP:")));
    expect(labels.sort()).toEqual([...Array.from(markings.slice(1), () => "TLP:AMBER"), "TLP:AMBER+STRICT"]);
    expect(await typed(maria, `task @inspectors Meet ${words} tlp: red`)).toMatch(/TLP:RED is for named persons only/);
    expect(sent()).not.toContain(words);
    // A key may be followed by a blank; what might be one, and is none, is asked about.
    await typed(maria, `task @inspectors Meet ${words.slice(0, 4)} priority: life-safety`);
    const urgent = await teams.cardOf(eleni, new RegExp(`Meet ${words.slice(0, 4)}$`));
    expect(teams.linesOf(urgent).join()).toMatch(/Life and safety/);
    expect(await typed(maria, "settings zone: X")).toMatch(/"X"|zone/);
    expect(await typed(maria, `task @inspectors Meet ${words} prioriti: high`)).not.toMatch(/is asked of/);
  });

  it("a channel that others read too shows no words, from the moment its platform tells of them", async () => {
    const { maria, eleni, slack, teams, channels } = a;
    await typed(maria, "bind @gendarmes", channels.gendarmes);
    await a.mention(eleni, channels.inspectors, "bind @inspectors");
    const [first, second] = [canary(), canary()];
    const both = async (title: string) => {
      await teams.say(eleni, `task @gendarmes ${title}`);
      await typed(maria, `task @inspectors ${title}`);
    };
    const inSlack = () => a.inSlack(channels.gendarmes).join("\n");
    const inTeams = () => a.inChannel(channels.inspectors).join("\n");
    await until("both channels may show words", async () => {
      const told = [await typed(maria, "channel", channels.gendarmes), sentSince()()];
      return !/CLEAR/.test(told.join());
    });
    await both(first);
    await until("both channels show the words", () => inSlack().includes(first) && inTeams().includes(first), 60_000);
    // Another organisation comes to the one, a guest to the other.
    const guest = teams.fake.addPerson(randomUUID(), "Guest", { guest: true });
    await Promise.all([
      slack.share(channels.gendarmes, a.teamsOf.customs),
      teams.fake.join(guest, channels.inspectors, eleni),
    ]);
    await until("neither shows them", () => !inSlack().includes(first) && !inTeams().includes(first), 60_000);
    await both(second);
    const refs = (text: string) => new Set(text.match(/T-\d+/g)).size;
    const [before, beside] = [refs(inSlack()), refs(inTeams())];
    await until("new cards stand there", () => refs(inSlack()) > before || refs(inTeams()) > beside).catch(
      () => undefined,
    );
    await slack.reads(maria, second);
    await teams.reads(eleni, second);
    expect(inSlack() + inTeams()).not.toContain(second);
  });

  it("uploads to addresses that are none are not read, and cost no memory", async () => {
    const before = memory(coord.pid);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => upload(`${coord.url}/upload/${"x".repeat(43)}`)),
    );
    // Whoever goes on writing may find the connection closed before the answer was read (0): it is heard without a body.
    const url = `${coord.url}/upload/${"x".repeat(43)}`;
    const heard = await Promise.all(
      answers.map(async (status) => status || (await fetch(url, { method: "POST" })).status),
    );
    expect(heard.filter((status) => status !== 404 && status !== 429)).toEqual([]);
    expect(memory(coord.pid) - before).toBeLessThan(200);
    await ready();
  });

  it("an address that gives once is used up by its person's press alone: not by HEAD, not by a preview", async () => {
    const { sofia, slack } = a;
    const answer = await slack.command(sofia, "plan file", slack.direct(sofia));
    const url = a.addressIn([answer.body, slack.inbox(sofia)]);
    for (const method of ["HEAD", "GET", "HEAD", "GET"]) expect((await a.fetch(url, { method })).status).toBe(200);
    const given = await a.fetch(url, { method: "POST" });
    expect([given.status, given.headers.get("content-disposition")]).toEqual([
      200,
      expect.stringContaining("attachment"),
    ]);
    for (const method of ["POST", "GET", "HEAD"]) expect((await a.fetch(url, { method })).status).toBe(404);
  });

  it("more than it can take is told so at once; what was answered is kept once, and nothing else is", async () => {
    const { maria, petros, jonas, slack } = a;
    const mark = canary();
    const asks = Array.from({ length: 150 }, (_, n) => ({ n, by: [maria, petros, jonas][n % 3] as typeof maria }));
    const before = slack.messages.length;
    const heard = await Promise.all(
      asks.map(({ n, by }) => slack.command(by, `task @shelter ${mark} ${n}`, slack.direct(by))),
    );
    expect(heard.filter(({ status }) => status !== 200)).toEqual([]);
    // Answers that are late for the acknowledgement come by the address that Slack gave for them.
    const answers = () => slack.messages.slice(before).filter(({ onlyFor }) => onlyFor);
    await until("everybody has an answer", () => answers().length >= heard.length, 60_000);
    const kept = answers().filter(({ text }) => text.includes("is asked of"));
    const told = answers().filter(({ text }) => /Many are writing at this moment|too often/i.test(text));
    expect(kept.length).toBeGreaterThan(0);
    expect(told.length).toBeGreaterThan(0);
    expect(kept.length + told.length).toBe(heard.length);
    const cards = await until(
      "Grace has a card of each",
      () => {
        const all = a.teams.inboxOf(a.grace).map((one) => a.teams.linesOf(one).join());
        const numbers = all.flatMap((text) => new RegExp(`${mark} (\\d+)`).exec(text)?.[1] ?? []);
        return new Set(numbers).size === kept.length ? numbers : undefined;
      },
      90_000,
    );
    expect(cards).toHaveLength(kept.length);
    expect(coord.said).not.toMatch(/receive\.failed|queue\.failed/);
    console.info(`shedding: ${kept.length} of ${heard.length} kept, ${told.length} told that it is full`);
    await ready();
  });

  it("a list that a kill breaks off says so, and the same file brings the rest", async () => {
    const { team } = a.maria;
    const rows = Array.from({ length: 1_500 }, (_, n) => `Officer ${n},customs,staff,slack:${team}:U0BULK${n}`);
    const reached = () => a.slack.calls.filter(({ args }) => JSON.stringify(args).includes("U0BULK"));
    const importing = people(...rows);
    await until("the first of them are written to", () => reached().length > 0, 60_000);
    await coord.kill();
    const { code, out } = await importing;
    expect([code, out]).toEqual([1, expect.stringContaining("Coord stopped before it answered.")]);
    coord = await Coord.start(coord.env);
    a.coord = coord;
    a.slack.botUrl = `${coord.url}/slack/events`;
    a.teams.fake.botUrl = `${coord.url}/api/messages`;
    expect(await people(...rows)).toEqual({ code: 0, out: "1500 people are in.\n" });
    expect(await typed(a.maria, "who @customs")).toContain("Customs Office");
    // Three thousand rows and as many messages: minutes where others work beside it.
  }, 400_000);
});

/** Resident, in megabytes; proc(5). */
const memory = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1_024;

/** Ten megabytes as a form, sent as far as somebody reads them. @returns the status, heard before or after the end */
const upload = (url: string): Promise<number> =>
  new Promise((resolve) => {
    const call = request(url, { method: "POST", headers: { "content-type": "multipart/form-data; boundary=x" } });
    let status = 0;
    call.on("response", (answer) => {
      status = answer.statusCode ?? 0;
      answer.resume().on("close", () => resolve(status));
    });
    // A connection that is closed while one writes is an answer, where the status was heard before.
    call.on("error", () => setTimeout(() => resolve(status), 100));
    call.write("--x\r\ncontent-disposition: form-data; name=file; filename=a.csv\r\n\r\n");
    const piece = Buffer.alloc(65_536, 97);
    let left = 160;
    const more = () => {
      while (left-- > 0) if (!call.write(piece)) return void call.once("drain", more);
      call.end("\r\n--x--\r\n");
    };
    more();
  });
