import { randomBytes } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Coord, cleanUp, cli, until } from "./coord.js";
import { Running, type Stage } from "./stage.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

const canary = (word: string) => `${word}${randomBytes(5).toString("hex")}`;
const keys = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")] as const;
/** Words that only who may read them may read, and only in a dialog. */
const AMBER = {
  title: canary("Amberwatch"),
  detail: canary("Amberdetail"),
  comment: canary("Ambernote"),
  evidence: canary("Amberproof"),
  typed: canary("Amberdraft"),
  thread: canary("Amberthread"),
};
const GREEN = { title: canary("Greenfield"), failing: canary("Greenfail") };

describe("what must not be seen", () => {
  let running: Running;
  let stage: Stage;
  let folder: string;
  /** All that all processes and the command line said. */
  let said = "";
  let tokens: Record<string, string>;

  const operate = async (...argv: string[]) => {
    const { code, out } = await running.coord.cli(...argv);
    said += out;
    return { code, out };
  };

  beforeAll(async () => {
    running = await Running.open({ COORD_LOG: "debug", COORD_SECRET_KEYS: keys[0] }, { officers: 1 });
    stage = running.stage;
    folder = String(running.env.COORD_DATA_DIR);
    tokens = {
      "bot token": stage.team.token,
      "signing secret": stage.slack.signingSecret,
      "app password": stage.teams.fake.password,
      "first key": keys[0],
      "second key": keys[1],
    };
  });
  afterAll(async () => {
    await running?.close();
    await cleanUp();
  });

  it("runs with an AMBER and a GREEN task, read where that is allowed", async () => {
    const { slack, teams, maria, eleni, omar } = stage;
    await stage.command(maria, `task @labour ${GREEN.title}`);
    await teams.cardOf(eleni, new RegExp(`^T-1 · ${GREEN.title}`));
    await stage.command(maria, `task @labour tlp:amber detail:"${AMBER.detail}" ${AMBER.title}`);
    const theirs = await teams.cardOf(eleni, /^T-2$/);
    expect(teams.linesOf(theirs)).toContain("TLP:AMBER");
    const dialog = await teams.open(eleni, theirs, "Read");
    expect(dialog.lines.join("\n")).toContain(AMBER.title);
    expect(dialog.lines.join("\n")).toContain(AMBER.detail);

    await teams.press(eleni, theirs, "Give to ▾", "Omar Rashad");
    const his = await teams.cardOf(omar, /^T-2$/);
    const reply = await teams.open(omar, his, "Reply");
    await teams.submit(omar, his, reply, { reason: AMBER.comment });
    await slack.press(maria, await slack.reads(maria, "Omar Rashad (Labour Inspectorate) commented on T-2"), "Read");
    await until("Maria's dialog has the comment", () =>
      JSON.stringify(slack.modalOf(maria)?.view ?? "").includes(AMBER.comment),
    );
    expect(JSON.stringify(slack.modalOf(maria)?.view)).toContain(AMBER.title);
    const done = await teams.open(omar, his, "Done");
    await teams.submit(omar, his, done, { evidence: AMBER.evidence });
    await slack.reads(maria, "finished T-2");
  });

  it("runs through failures and mistakes of all kinds", async () => {
    const { slack, teams, maria, eleni, officers } = stage;
    const [officer] = officers as [typeof maria];
    const hers = await slack.cardOf(maria, /^T-2$/);
    // Above the ceiling a thread is not taken, in neither direction.
    await slack.say(maria, AMBER.thread, slack.direct(maria), hers.ts);
    await slack.reads(maria, "T-2 is above what this chat may hold");
    // Typed without saying to whom: what was typed waits sealed, and the card that Teams needs holds none of it.
    await teams.say(eleni, `task tlp:amber ${AMBER.typed}`);
    const offer = await teams.reads(eleni, "New task");
    const form = await teams.open(eleni, offer, "New task");
    expect(JSON.stringify(form.raw)).toContain(AMBER.typed);

    for (const how of ["server_error", "no_answer", { status: 429, headers: { "retry-after": "1" } }] as const)
      slack.failNext(how);
    teams.fake.failNext({ status: 502 });
    teams.fake.failNext("cut_connection");
    await stage.command(maria, `task @labour tlp:amber ${AMBER.title} again`);
    await teams.cardOf(eleni, /^T-3$/);
    await until("Maria has the card of T-3", () => slack.cardsOf(maria, /^T-3$/).length > 0, 40_000);
    // Refused for good on both sides: others get the card instead, and who asked is told.
    slack.failNext({ error: "invalid_blocks" });
    teams.fake.failNext({ status: 413 });
    await stage.command(officer, `task @labour ${GREEN.failing}`);
    await slack.reads(maria, GREEN.failing);
    await slack.reads(officer, "could not be delivered");

    for (const text of [
      `task @nowhere tlp:amber ${AMBER.title}`,
      `task @labour tlp:amber ${AMBER.title} by 31 Feb`,
      `task @labour tlp:mauve ${AMBER.title}`,
      `close T-2 ${AMBER.title}`,
      `done T-99 ${AMBER.evidence}`,
    ])
      expect((await stage.command(maria, text)).status).toBe(200);
    const body = new URLSearchParams({ command: "/coord", text: `task @labour ${AMBER.title}`, token: keys[0] });
    const form2 = { "content-type": "application/x-www-form-urlencoded" };
    const unsigned = { headers: { ...form2, ...slack.sign(body.toString(), { secret: "x" }) }, body: body.toString() };
    expect((await slack.send(unsigned)).status).toBe(401);
    const activity = teams.fake.activity({ type: "message", text: AMBER.title }, eleni, teams.fake.personalOf(eleni));
    expect((await teams.fake.deliver(activity, { wrong: { otherKey: true } })).status).toBe(401);
    expect((await teams.fake.raw(`{"type":${AMBER.title}`)).status).toBe(401);
    expect((await fetch(`${running.coord.url}/calendar/${AMBER.title}.ics`)).status).toBe(404);
    await operate("outbox", "list");
    await operate("doctor");
    await operate(AMBER.title);
  });

  it("reaches Slack and Teams in dialogs of those who may read it, and in nothing else", () => {
    const { slack, teams } = stage;
    const words = Object.values(AMBER);
    const holds = (payload: unknown) => words.some((word) => JSON.stringify(payload ?? "").includes(word));
    const calls = slack.calls.filter(({ args }) => holds(args));
    expect(calls.length).toBeGreaterThan(0);
    expect([...new Set(calls.map(({ method }) => method))]).toEqual(["views.open"]);
    expect(slack.deliveries.filter(({ answer }) => holds(answer?.body))).toEqual([]);
    expect(teams.fake.calls.length).toBeGreaterThan(10);
    expect(teams.fake.calls.filter(({ text }) => holds(text))).toEqual([]);
    const shown = teams.answers.filter(({ body }) => holds(body));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(({ body }) => (body as { task?: { type?: string } }).task?.type)).toEqual(
      shown.map(() => "continue"),
    );
    // The control: what may be shown was.
    expect(slack.calls.some(({ args }) => JSON.stringify(args).includes(GREEN.title))).toBe(true);
    console.log(
      `payloads: ${slack.calls.length} calls of Slack's, ${teams.fake.calls.length} of Teams' connector; ` +
        `AMBER words in ${calls.length} + ${shown.length} dialogs and nowhere else`,
    );
  });

  it("stands in no log", async () => {
    expect(await running.coord.stop()).toEqual({ code: 0, signal: null });
    const lines = running.coord.said;
    const all = `${lines}\n${said.replaceAll(`unknown command '${AMBER.title}'`, "")}`;
    for (const [what, words] of Object.entries({ ...tokens, ...AMBER, ...GREEN }))
      expect({ what, logged: all.includes(words) }).toEqual({ what, logged: false });
    for (const { request } of stage.slack.deliveries) {
      const fields = new URLSearchParams(request.body);
      for (const name of ["trigger_id", "response_url"])
        if (fields.get(name)) expect(all.includes(String(fields.get(name)))).toBe(false);
    }
    expect(all).not.toMatch(/xoxb-|Bearer |\beyJ[\w-]{8}|\bbot-[0-9a-f]{8}-/);
    // The control: the failures above were logged.
    for (const event of ["slack.signature_refused", "started", "stopping"]) expect(lines).toContain(event);
    console.log(`log: ${lines.split("\n").length} lines at debug, ${said.split("\n").length} of the command line`);
  });

  it("rests nowhere in the data directory", async () => {
    const files = await filesIn(folder);
    const found: string[] = [];
    let green = 0;
    const looked = { ...tokens, ...AMBER, "first key, raw": Buffer.from(keys[0], "base64") };
    for (const file of files) {
      const bytes = await readFile(file);
      for (const [what, words] of Object.entries(looked)) if (bytes.includes(words)) found.push(`${what} in ${file}`);
      if (/\bbot-[0-9a-f]{8}-[0-9a-f]{4}-|\beyJhbGciOi/.test(bytes.toString("latin1"))) found.push(`token in ${file}`);
      if (bytes.includes(GREEN.title)) green += 1;
    }
    expect(found.map((each) => each.replace(folder, ""))).toEqual([]);
    // The control: a GREEN title is not restricted, and this search finds it.
    expect(green).toBeGreaterThan(0);
    console.log(`data: ${files.length} files searched; the GREEN title in ${green}`);
  });

  it("opens with a new key once everything is wrapped with it, and with no other", async () => {
    const { teams, omar } = stage;
    const both = { ...running.env, COORD_SECRET_KEYS: `${keys[1]},${keys[0]}` };
    const rotated = await cli(both, "keys", "rotate");
    expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ data keys are wrapped anew/) });
    expect((await cli(both, "keys", "rotate")).out).toContain("wrapped with the newest secret key already");
    for (const argv of [["doctor"], ["start"]]) {
      const { code, out } = await cli({ ...running.env, PORT: "0", COORD_SECRET_KEYS: keys[0] }, ...argv);
      expect({ argv, code }).toEqual({ argv, code: 1 });
      expect(out).toMatch(/^Coord cannot start\.\nCOORD_SECRET_KEYS lacks a key/m);
      expect(out).not.toMatch(/^\s+at /m);
      expect(out).not.toContain(keys[0]);
    }
    const after = await Coord.start({ ...running.env, COORD_SECRET_KEYS: keys[1] });
    try {
      stage.sendTo(after);
      const dialog = await teams.open(omar, await teams.cardOf(omar, /^T-2$/), "Read");
      expect(dialog.lines.join("\n")).toContain(AMBER.title);
      expect(dialog.lines.join("\n")).toContain(AMBER.comment);
      expect(after.said).not.toContain(keys[1]);
    } finally {
      await after.close();
    }
  });
});

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.map((name) => join(folder, name));
  const kinds = await Promise.all(paths.map((path) => stat(path)));
  return paths.filter((_, n) => kinds[n]?.isFile());
}
