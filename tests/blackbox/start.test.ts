import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { Coord, cleanUp, cli, type Env, emptyFolder, madeFolder, until } from "./coord.js";
import { Stage } from "./stage.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

/** Stands in every value that could be a secret: it must not come back. */
const CANARY = `canary${randomBytes(8).toString("hex")}`;

const running: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(it: T): T => {
  running.push(it);
  return it;
};
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.close();
});
afterAll(cleanUp);

const teams = { MicrosoftAppId: randomUUID(), MicrosoftAppPassword: CANARY, MicrosoftAppTenantId: randomUUID() };
const { MicrosoftAppId: _, ...noAppId } = teams;

describe("a configuration that is wrong or half made", () => {
  /** What is wrong in one start; everything wrong is to be named at once. */
  const cases: { why: string; names: string[]; env: Env; made?: true }[] = [
    {
      why: "values that are none",
      names: [
        ...["DATABASE_URL", "REDIS_URL", "PORT", "PUBLIC_URL", "SMTP_URL", "COORD_DEMO", "COORD_LOG"],
        ...["ADMIN_PORT", "ADMIN_TOKEN"],
        ...["MicrosoftAppType", "SLACK_API_URL", "TEAMS_LOGIN_URL", "TEAMS_OPENID_METADATA_URL"],
      ],
      env: {
        DATABASE_URL: `mysql://coord:${CANARY}@127.0.0.1/coord`,
        REDIS_URL: `http://:${CANARY}@127.0.0.1`,
        PORT: "65536",
        PUBLIC_URL: CANARY,
        SMTP_URL: CANARY,
        COORD_DEMO: CANARY,
        COORD_LOG: CANARY,
        ADMIN_PORT: CANARY,
        ADMIN_TOKEN: CANARY,
        MicrosoftAppType: CANARY,
        SLACK_API_URL: CANARY,
        TEAMS_LOGIN_URL: CANARY,
        TEAMS_OPENID_METADATA_URL: CANARY,
      },
    },
    {
      why: "a Teams password without an app id, a bot token alone, mail without a sender",
      names: ["MicrosoftAppId", "SLACK_SIGNING_SECRET", "MAIL_FROM"],
      env: {
        ...noAppId,
        MicrosoftAppId: "",
        SLACK_BOT_TOKEN: `xoxb-${CANARY}`,
        SMTP_URL: `smtp://coord:${CANARY}@127.0.0.1`,
      },
    },
    {
      why: "no Teams password and no tenant, a signing secret alone",
      names: ["MicrosoftAppPassword", "MicrosoftAppTenantId", "TEAMS_ALLOWED_TENANTS", "SLACK_BOT_TOKEN"],
      env: { MicrosoftAppId: randomUUID(), MicrosoftAppPassword: " ", SLACK_SIGNING_SECRET: CANARY },
    },
    {
      why: "half of OAuth",
      names: ["SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET", "PUBLIC_URL"],
      env: { SLACK_SIGNING_SECRET: CANARY, SLACK_CLIENT_ID: "1.2" },
    },
    {
      why: "a kind of Teams app that Coord cannot be",
      names: ["MicrosoftAppType"],
      env: { ...teams, MicrosoftAppType: "UserAssignedMSI" },
    },
    {
      why: "a database server that is not there",
      names: ["DATABASE_URL"],
      env: { DATABASE_URL: `postgresql://coord:${CANARY}@127.0.0.1:1/coord` },
    },
    { why: "a secret key too short", names: ["COORD_SECRET_KEYS"], env: { COORD_SECRET_KEYS: CANARY }, made: true },
    {
      why: "operator's pages for everybody, without a token",
      names: ["ADMIN_TOKEN"],
      env: { ADMIN_HOST: "0.0.0.0", COORD_DEMO: "0" },
    },
    {
      why: "an address of another machine for the operator",
      names: ["ADMIN_HOST"],
      env: { ADMIN_HOST: "192.0.2.1", ADMIN_TOKEN: CANARY.repeat(2) },
      made: true,
    },
    { why: "an address of another machine", names: ["HOST"], env: { HOST: "192.0.2.1" }, made: true },
  ];

  it.each(cases)("is refused with the names of all that is wrong: $why", async ({ names, env, made }) => {
    const folder = await (made ? madeFolder() : emptyFolder());
    const { code, out } = await cli({ PORT: "0", COORD_DATA_DIR: folder, ...env }, "start");
    expect(out).toMatch(/^Coord cannot start\.\n/m);
    for (const name of names)
      expect(out).toMatch(new RegExp(`^(?:[\\w, ]*\\b)?${name}\\b.*: |^Cannot listen.*${name}`, "m"));
    expect(out).not.toContain(CANARY);
    // Sentences for the operator, and no stack of calls.
    expect(out).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });

  it("ends the command line in the same way", async () => {
    const env = { COORD_DATA_DIR: await emptyFolder(), DATABASE_URL: `postgresql://coord:${CANARY}@127.0.0.1:1/coord` };
    const { code, out } = await cli(env, "doctor");
    expect(out).toMatch(/^Coord cannot start\.\nDATABASE_URL: /);
    expect(out).not.toContain(CANARY);
    expect(code).toBe(1);
  });
});

describe("what there is to type", () => {
  it.each([["--help"], ["--version"], ["help", "audit"]])("%s is told without opening anything", async (...argv) => {
    const folder = join(await emptyFolder(), "not-there");
    const { code, out } = await cli({ COORD_DATA_DIR: folder, DATABASE_URL: "postgresql://127.0.0.1:1/none" }, ...argv);
    expect(out).toMatch(/^(Usage: coord|\d+\.\d+\.\d+$)/m);
    expect(code).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });
});

describe("one process on a data directory", () => {
  it("refuses a second, and the first lives on; what was there is there after a restart", async () => {
    const stage = keep(await Stage.build());
    const folder = await madeFolder();
    const env = { ...stage.env, COORD_DATA_DIR: folder };
    const first = keep(await Coord.start(env));
    expect(first.silentMs).toBeLessThan(2_000);
    expect(first.said).toMatch(/^Coord is starting …\nOpening the database \(embedded, in .*\) …\n/);
    stage.sendTo(first);
    await stage.enrol(first, folder);
    const second = await cli({ ...env, PORT: "0" }, "start");
    expect(second.code).toBe(1);
    expect(second.out).toMatch(/Another Coord process is using .*COORD_DATA_DIR/);
    expect(second.out).not.toMatch(/^\s+at /m);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await stage.command(stage.maria, "task @labour Survives a restart");
    await stage.teams.cardOf(stage.eleni, /^T-1 · Survives a restart/);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    expect(existsSync(join(folder, "coord.sock"))).toBe(false);
    const again = keep(await Coord.start(env));
    stage.sendTo(again);
    expect(JSON.stringify((await stage.command(stage.maria, "T-1")).body)).toContain("Survives a restart");
    expect((await stat(join(folder, "secret.keys"))).mode & 0o777).toBe(0o600);
  });

  it("is started again after kill -9, whatever it left; an answered command is not lost", async () => {
    const stage = keep(await Stage.build());
    const folder = await madeFolder();
    const env = { ...stage.env, COORD_DATA_DIR: folder };
    const first = keep(await Coord.start(env));
    stage.sendTo(first);
    await stage.enrol(first, folder);
    const answer = await stage.command(stage.maria, "task @labour Outlives its process");
    await first.kill();
    expect(JSON.stringify(answer.body)).toContain("T-1 is asked");
    expect(existsSync(join(folder, "coord.sock"))).toBe(true);
    const killed = Date.now();
    const again = keep(await Coord.start(env));
    stage.sendTo(again);
    expect(JSON.stringify((await stage.command(stage.maria, "T-1")).body)).toContain("Outlives its process");
    await until("the card arrives", () => stage.teams.cardsOf(stage.eleni, /^T-1 · Outlives/).length > 0, 85_000);
    console.log(`kill -9 after an answer: card there ${Date.now() - killed} ms after the kill`);
    expect(await again.must("audit", "verify")).toContain("is whole");
  });

  it("says who has the port", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, "127.0.0.1", () => resolve((other.address() as { port: number }).port)),
    );
    keep({ close: () => new Promise<void>((done) => other.close(() => done())) });
    const folder = await madeFolder();
    const taken = await cli({ COORD_DATA_DIR: folder, PORT: String(port), COORD_DEMO: "0" }, "start");
    expect(taken.code).toBe(1);
    expect(taken.out).toMatch(new RegExp(`Port ${port} is taken.*PORT=`));
    expect(taken.out).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder, "coord.sock"))).toBe(false);
    const mine = { COORD_DATA_DIR: folder, PORT: "0", ADMIN_PORT: String(port), COORD_DEMO: "0" };
    expect((await cli(mine, "start")).out).toMatch(new RegExp(`Port ${port} is taken.*ADMIN_PORT=`));
  });
});

describe("what is served", () => {
  it("is the workbench where nothing is configured, and it ends while a page is open", async () => {
    const demo = keep(await Coord.start({ COORD_DATA_DIR: await emptyFolder() }));
    expect(demo.said).toContain(`Workbench: http://localhost:${demo.port}/`);
    const page = await fetch(`${demo.url}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("<html");
    for (const path of ["/slack/events", "/api/messages"])
      expect((await fetch(`${demo.url}${path}`, { method: "POST", body: "{}" })).status).toBe(404);
    // It is this machine's own there, as it is beside the platforms.
    for (const [name, said] of [
      ["via", "1.1 front"],
      ["x-forwarded-for", "192.0.2.7"],
      ["origin", "https://attacker.example"],
    ] as const)
      expect((await fetch(`${demo.url}/workbench/session`, { headers: { [name]: said } })).status).toBe(403);
    expect((await fetch(`${demo.admin}/workbench/session`)).status).toBe(404);
    // As an open page does: a stream of news that stays.
    const stream = await fetch(`${demo.url}/workbench/events`);
    expect(stream.status).toBe(200);
    const began = Date.now();
    void demo.stop();
    await until("Coord has ended", () => !demo.alive, 10_000);
    console.log(`SIGTERM with a page open: ended after ${Date.now() - began} ms`);
    expect(await demo.stop()).toEqual({ code: 0, signal: null });
  });

  it("is health, readiness and the operator's commands, and no workbench beside Slack", async () => {
    const stage = keep(await Stage.build());
    const coord = keep(await Coord.start({ ...stage.env, COORD_DATA_DIR: await madeFolder() }));
    const get = async (path: string) => {
      const answer = await fetch(`${coord.url}${path}`);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await get("/healthz")).toEqual({ status: 200, text: "ok" });
    expect(await get("/readyz")).toEqual({ status: 200, text: "ready" });
    for (const path of ["/", "/workbench/session", "/workbench/events", "/index.html", "/.env", "/../package.json"])
      expect((await get(path)).status).toBe(404);

    // While it runs: an account is linked once, gets further roles, and is nobody else's.
    const link = (name: string, account: string, ...role: string[]) =>
      coord.cli("link", "@police", "--name", name, "--account", account, ...(role.length ? ["--role", ...role] : []));
    expect(await link("Maria Levidi", "slack:T1:U1")).toMatchObject({ code: 0 });
    expect(await link("Maria Levidi", "slack:T1:U1", "focal_point", "coordinator")).toEqual({
      code: 0,
      out: "Maria Levidi is with National Police as focal_point, coordinator.\n",
    });
    expect(await link("Petros Anagnos", "slack:T1:U1")).toEqual({
      code: 1,
      out: "slack:T1:U1 is Maria Levidi's (National Police). Write that name, if they are one person.\n",
    });
    expect(await link("Petros Anagnos", "slack:T1:U2")).toMatchObject({ code: 0 });
    expect(await link("Petros Anagnos", "slack:T1:U1")).toEqual({
      code: 1,
      out: "slack:T1:U1 is Maria Levidi's (National Police). Write that name, if they are one person.\n",
    });
    expect(coord.said).not.toContain("cli.failed");
  });
});

describe("joining by code", () => {
  it("is one helpful line, a code that works once, and from then on the focal point's word", async () => {
    const stage = keep(await Stage.build({ officers: 3 }));
    const { slack, maria, officers } = stage;
    const [petros, nadia, stranger] = officers as [typeof maria, typeof maria, typeof maria];
    const coord = keep(await Coord.start({ ...stage.env, COORD_DATA_DIR: await madeFolder() }));
    stage.sendTo(coord);
    const say = async (person: typeof maria, text: string): Promise<string> => {
      const { status, body } = await stage.command(person, text);
      expect(status).toBe(200);
      return String((body as { text?: string } | undefined)?.text ?? "");
    };
    const codeOf = (out: string) => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(out)?.[0] ?? "";

    const unknown = await say(maria, "task @labour Inspect 3 farms");
    expect(unknown).toMatch(/^maria, this account is not known here yet\. .*join ABCD-EFGH/);
    expect(unknown).not.toContain("\n");
    expect(slack.inboxOf(maria)).toEqual([]);

    const first = codeOf(await coord.must("invite", "@police", "--role", "focal_point", "--name", "Maria Levidi"));
    expect(first).not.toBe("");
    const wrong = await say(maria, "join ABCD-EFGH");
    expect(wrong).toContain("That code does not work here");
    expect(await say(maria, `join ${first}`)).toContain("Welcome, Maria Levidi. You are with National Police");
    expect(await say(petros, `join ${first}`)).toBe(wrong);
    expect(await say(petros, "join ZZZZ-ZZZZ")).toBe(wrong);
    expect(await say(petros, "tasks")).toContain("not known here yet");
    expect(await say(maria, "tasks")).not.toContain("not known here yet");

    const [second, third] = [
      codeOf(await coord.must("invite", "@police", "--role", "staff", "--name", "Petros Anagnos")),
      codeOf(await coord.must("invite", "@police", "--role", "staff", "--name", "Nadia Sole")),
    ];
    expect(await say(petros, `join ${second.toLowerCase()}`)).toContain(
      "The focal point of National Police now confirms",
    );
    expect(await say(petros, "tasks")).toContain("not known here yet");
    expect(await say(stranger, `join ${second}`)).toBe(wrong);
    const asked = await slack.reads(maria, "Petros Anagnos (officer1) asks to join National Police");
    expect((await slack.press(maria, asked, "Yes, let in")).status).toBe(200);
    await slack.reads(petros, /Welcome|added you/);
    expect(await say(petros, "tasks")).not.toContain("not known here yet");
    await until("the question is answered on its card", () => slack.read(asked).includes("Petros Anagnos is in."));

    await say(nadia, `join ${third}`);
    const refused = await slack.reads(maria, "Nadia Sole (officer2) asks to join");
    await slack.press(maria, refused, "No");
    await until("the refusal is on its card", () => slack.read(refused).includes("Nadia Sole is not let in."));
    expect(await say(nadia, "tasks")).toContain("not known here yet");
    expect(slack.refusals).toEqual([]);
  });
});
