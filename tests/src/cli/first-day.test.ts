import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { slack as slackConnector } from "../../../adapters/slack/connector.js";
import { filesIn } from "../../../src/cli/control-socket.js";
import type { CliParts } from "../../../src/cli/parts.js";
import { help, runCli } from "../../../src/cli/program.js";
import { loadDemo } from "../../../src/demo/load.js";
import { newcomers, personasAndNewcomers, personasOf } from "../../../src/demo/personas.js";
import { wordsOf } from "../../../src/lib/csv.js";
import { readConfig } from "../../../src/runtime/config.js";
import { textOf, World } from "../../world.js";

let folder: string;
let w: World;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "coord-first-"));
  w = await World.create({ agencies: ["desk", "labour"], people: { Maria: "police focal_point staff" } });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await w.close();
});

async function coord(...argv: string[]): Promise<{ code: number; out: string }> {
  let out = "";
  const parts: CliParts = { runtime: w.runtime, config: readConfig({}), checks: [], applied: [] };
  const write = (text: string) => {
    out += text;
  };
  const code = await runCli(parts, argv, filesIn(argv), write, () => undefined);
  return { code, out };
}

describe("the command line without a task", () => {
  it.each([
    [[]],
    [["--help"]],
    [["help"]],
    [["init", "--help"]],
    [["help", "import"]],
    [["agency", "@x", "--zone", "Nowhere", "--country", "XX", "--help"]],
  ])("%j prints help and asks for nothing else", async (argv) => {
    let out = "";
    const code = await help(argv, (text) => {
      out += text;
    });
    expect(code).toBe(0);
    expect(out).toContain("Usage: coord");
  });

  it("goes on where something is to be done", async () => {
    expect(await help(["start"], () => undefined)).toBeUndefined();
    expect(await help(["doctor"], () => undefined)).toBeUndefined();
  });
});

describe("where the demo is", () => {
  const at = (env: Record<string, string>, o = {}) => {
    const { dataDir, workbench, demo } = readConfig(
      { COORD_DATA_DIR: folder, ...env },
      { connectors: [slackConnector], ...o },
    );
    return { in: dataDir === folder ? "own" : dataDir === join(folder, "demo") ? "demo" : dataDir, workbench, demo };
  };
  const slack = { SLACK_SIGNING_SECRET: "s", SLACK_BOT_TOKEN: "xoxb-1" };

  it("is in a folder of its own until a body is made; what is made stands beside nothing", () => {
    expect(at({})).toEqual({ in: "demo", workbench: true, demo: true });
    expect(at({}, { makes: true })).toEqual({ in: "own", workbench: true, demo: false });
    expect(at(slack)).toEqual({ in: "own", workbench: false, demo: false });
    expect(at({ DATABASE_URL: "postgresql://a@b/c" })).toEqual({ in: "own", workbench: false, demo: false });
    expect(at({ ...slack, COORD_DEMO: "1" })).toEqual({ in: "own", workbench: true, demo: true });
    expect(at({ COORD_DEMO: "0" })).toEqual({ in: "own", workbench: false, demo: false });
    mkdirSync(join(folder, "database"));
    expect(at({})).toEqual({ in: "own", workbench: true, demo: false });
  });

  it("is never loaded beside a body of somebody's own", async () => {
    await loadDemo(w.runtime);
    const bodies = await w.runtime.store.owner.selectFrom("bodies").select("slug").execute();
    expect(bodies).toEqual([{ slug: "north" }]);
  });
});

describe("the first code of an agency", () => {
  const CODE = /[A-Z2-9]{4}-[A-Z2-9]{4}/;

  it("makes a coordinator who is the agency's focal point, and welcomes once", async () => {
    const { out } = await coord("invite", "@desk", "--role", "coordinator", "--name", "Sofia Lind");
    w.enrolled("Sofia", { platform: "teams", tenant: "teams-desk", user: "USofia" });
    const answer = await w.ask("Sofia", `join ${CODE.exec(out)?.[0]}`);
    expect(answer).toContain("Welcome, Sofia Lind.");
    await w.settle();
    expect(w.inbox("Sofia")).toEqual([]);
    const roles = await w.runtime.store.owner
      .selectFrom("roles")
      .innerJoin("persons", "persons.id", "roles.person_id")
      .select("role")
      .where("name", "=", "Sofia Lind")
      .orderBy("role")
      .execute();
    expect(roles.map(({ role }) => role)).toEqual(["coordinator", "focal_point"]);
  });

  it("of the second waits for the focal point, whose yes welcomes once", async () => {
    const { out } = await coord("invite", "@police", "--role", "staff", "--name", "Petros");
    w.enrolled("Petros", { platform: "slack", tenant: "slack-police", user: "UPetros" });
    expect(await w.ask("Petros", `join ${CODE.exec(out)?.[0]}`)).toContain("now confirms");
    await w.settle();
    await w.press("Maria", w.last("Maria"), "Yes, let in");
    await w.settle();
    expect(w.inbox("Petros")).toHaveLength(1);
  });
});

describe("an account that nobody knows", () => {
  const stranger = { platform: "teams" as const, tenant: "teams-x", user: "UNew" };
  it.each([
    ["personal", "en-GB", "type: join ABCD-EFGH"],
    ["personal", "fr-FR", "tapez : join ABCD-EFGH"],
    ["channel", "en-GB", undefined],
  ] as const)("that takes Coord up in a %s conversation (%s) hears %s", async (kind, locale, says) => {
    const reply = await w.runtime.receive({
      key: `installed ${kind} ${locale}`,
      actor: { ...stranger, locale },
      conversation: { platform: "teams", tenant: "teams-x", id: "a:1", kind },
      type: "joined",
      who: "bot",
    });
    if (says) expect(textOf(reply).replaceAll("\u00a0", " ").replaceAll("\u202f", " ")).toContain(says);
    else expect(reply).toBeUndefined();
  });

  it("is two in the workbench of a body of one's own, and the next is there when one has joined", async () => {
    const [first] = await newcomers(w.runtime);
    expect(first).toMatchObject({ name: "Newcomer 1", account: { tenant: "slack:newcomers", user: "newcomer-1" } });
    const { out } = await coord("invite", "@labour", "--name", "Eleni");
    w.enrolled("Eleni", first?.account ?? stranger);
    // Whoever joins is on the workbench's list at every moment: a screen whose persona is gone shows somebody else.
    const joined = w.ask("Eleni", `join ${/[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(out)?.[0]}`);
    const listed = await Promise.all(Array.from({ length: 20 }, () => personasAndNewcomers(w.runtime)));
    await joined;
    for (const list of listed) expect(list.map(({ account }) => account)).toContainEqual(first?.account);
    expect((await personasOf(w.runtime)).map(({ name, agency }) => [name, agency])).toEqual([["Eleni", "labour"]]);
    expect((await newcomers(w.runtime)).map(({ account }) => `${account.tenant}/${account.user}`)).toEqual([
      "slack:newcomers/newcomer-2",
      "teams:newcomers/newcomer-1",
    ]);
  });
});

describe("a list of people", () => {
  const NAMES = "Zoé Müller";
  const list = (cells: string[][], separator: string) => cells.map((row) => row.join(separator)).join("\r\n");
  const people = (n: number) => [
    ["Name", "Agency", "Accounts"],
    [`${NAMES} ${n}`, "police", `slack:T9:U${n}`],
  ];
  const utf16 = (text: string, big = false) => {
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    return big ? bytes.swap16() : bytes;
  };

  it.each([
    ["list.csv", Buffer.from(list(people(1), ","))],
    ["semicolons.txt", Buffer.from(list(people(2), ";"))],
    ["unicode text", utf16(list(people(3), "\t"))],
    ["big.TSV", utf16(list(people(4), ";"), true)],
    ["windows.csv", Buffer.from(list(people(5), ";"), "latin1")],
    ["with a mark.CSV", Buffer.from(`\ufeff${list(people(6), ";")}`)],
  ])("is read as spreadsheets write it: %s", async (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    expect(await coord("import", "people", "--body", "north", join(folder, name))).toEqual({
      code: 0,
      out: "1 people are in.\n",
    });
    expect(await w.runtime.store.owner.selectFrom("persons").select("name").execute()).toContainEqual({
      name: expect.stringMatching(new RegExp(`^${NAMES} \\d$`)),
    });
  });

  it.each([
    [["Name,Agency,Role,Accounts", "A,police,staff,slack:T9:UA,chief"], /line 2: has more cells/],
    [["Name,Agency,Roles,Accounts", "A,police,staff,slack:T9:UA"], /The column roles is not known/],
    [["Name,Accounts", "A,slack:T9:UA"], /The column agency is missing/],
    [["Name,Agency,Accounts"], /no rows below/],
    [['Name,Agency,Accounts\n"A,police,slack:T9:UA'], /look at line 2/],
  ])("with a fault is named by it: %j", async (lines, says) => {
    writeFileSync(join(folder, "wrong.csv"), lines.join("\n"));
    const { code, out } = await coord("import", "people", join(folder, "wrong.csv"));
    expect(code).toBe(1);
    expect(out).toMatch(says);
  });

  it("that is not there is named", async () => {
    expect(await coord("import", "people", "nowhere/people.csv")).toEqual({
      code: 1,
      out: "There is no file nowhere/people.csv here. Write where it lies, e.g. lists/people.csv.\n",
    });
  });

  it("of any bytes at all is words", () => {
    expect(wordsOf(Buffer.from("é", "latin1"))).toBe("é");
    expect(wordsOf(Buffer.from("é"))).toBe("é");
    expect(wordsOf(new Uint8Array())).toBe("");
  });
});
