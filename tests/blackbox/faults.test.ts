import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { backends } from "./backends.js";
import { cleanUp, pause, until } from "./coord.js";
import { Running, type Stage } from "./stage.js";

vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });
afterAll(cleanUp);

describe.each(backends(12))("what goes wrong between Coord and the world, on $name", ({ open }) => {
  let running: Running;
  let stage: Stage;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const backend = await open();
    close = backend.close;
    running = await Running.open(backend.env);
    stage = running.stage;
  });
  afterAll(async () => {
    await running?.close();
    await close?.();
  });

  const alive = async () => expect((await fetch(`${running.coord.url}/readyz`)).status).toBe(200);
  /** How often somebody has the card of each title. */
  const counts = (titles: string[]) =>
    titles.map((title) => ({
      title,
      maria: stage.slack.cardsOf(stage.maria, new RegExp(`^T-\\d+ · ${title}$`)).length,
      eleni: stage.teams.cardsOf(stage.eleni, new RegExp(`^T-\\d+ · ${title}$`)).length,
    }));
  const once = (titles: string[]) => titles.map((title) => ({ title, maria: 1, eleni: 1 }));
  /** Until nothing waits any more, and a moment longer for what should not come. */
  const arrived = async (titles: string[], ms?: number) => {
    await until(
      `everybody has ${titles.join(", ")}`,
      () => counts(titles).every(({ maria, eleni }) => maria > 0 && eleni > 0),
      ms,
    );
    await pause(600);
  };

  it("acts once on a Slack command that is delivered five times at once", async () => {
    const { slack, maria } = stage;
    slack.copies = 5;
    await stage.command(maria, "task @labour Five times from Slack");
    slack.copies = 1;
    const answers = slack.deliveries.slice(-5).map(({ answer }) => answer);
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200, 200, 200]);
    expect(answers.filter((answer) => JSON.stringify(answer?.body ?? "").includes("is asked of"))).toHaveLength(1);
    await arrived(["Five times from Slack"]);
    expect(counts(["Five times from Slack"])).toEqual(once(["Five times from Slack"]));
    // And once more, late, as a retry.
    expect((await slack.redeliver(1)).status).toBe(200);
    await stage.command(maria, "task @labour The next one");
    await arrived(["The next one"]);
    expect(slack.cardsOf(maria, /^T-2 · The next one$/)).toHaveLength(1);
  });

  it("acts once on a Teams activity that is delivered five times at once, typed or pressed", async () => {
    const { slack, maria, eleni, teams } = stage;
    const five = (activity: Parameters<typeof teams.fake.deliver>[0]) =>
      Promise.all(Array.from({ length: 5 }, () => teams.fake.deliver(activity)));
    const chat = teams.fake.personalOf(eleni);
    const typed = { type: "message", textFormat: "plain", text: "task @police Five times from Teams" };
    const answers = await five(teams.fake.activity(typed, eleni, chat));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await arrived(["Five times from Teams"]);
    expect(counts(["Five times from Teams"])).toEqual(once(["Five times from Teams"]));
    const said = teams.inboxOf(eleni).filter((each) => teams.linesOf(each).join().includes("is asked of National"));
    expect(said).toHaveLength(1);

    const card = await teams.cardOf(eleni, /^T-1 /);
    await five(teams.pressing(eleni, card, "Give to ▾", "Omar Rashad"));
    await slack.reads(maria, "Eleni Kastri (Labour Inspectorate) agreed to T-1");
    await pause(600);
    const told = slack.inboxOf(maria).filter((one) => one.text.includes("agreed to T-1"));
    expect(told).toHaveLength(1);
    expect(teams.cardsOf(stage.omar, /^T-1 /)).toHaveLength(1);
  });

  it("answers malformed and unsigned requests with 4xx, and lives", async () => {
    const { slack, teams } = stage;
    const { url } = running.coord;
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const json = { "content-type": "application/json" };
    const post = async (path: string, body: string | Buffer, headers: Record<string, string>) => {
      const answer = await fetch(`${url}${path}`, { method: "POST", body: body as string, headers });
      return { status: answer.status, text: await answer.text() };
    };
    const signed = (body: string): Record<string, string> => ({ ...json, ...slack.sign(body) });
    const command = new URLSearchParams({ command: "/coord", text: "tasks", team_id: "T1", user_id: "U1" }).toString();
    const challenge = JSON.stringify({ type: "url_verification", challenge: "abc" });
    const old = Math.floor(Date.now() / 1_000) - 3_600;
    const toSlack: [string, number, string, Record<string, string>][] = [
      ["unsigned url_verification", 401, challenge, json],
      ["unsigned command", 401, command, form],
      ["another secret", 401, command, { ...form, ...slack.sign(command, { secret: "not the secret" }) }],
      ["one byte changed", 401, `${command}x`, { ...form, ...slack.sign(command) }],
      ["an hour old", 401, command, { ...form, ...slack.sign(command, { timestamp: old }) }],
      ["an hour ahead", 401, command, { ...form, ...slack.sign(command, { timestamp: old + 7_200 }) }],
      ["signature in capitals", 401, challenge, upper(signed(challenge))],
      ["no timestamp", 401, challenge, { ...json, "x-slack-signature": signed(challenge)["x-slack-signature"] ?? "" }],
      ["signed half of an object", 400, "{", signed("{")],
      ["signed null", 400, "null", signed("null")],
      ["signed list", 400, "[]", signed("[]")],
      ["signed word", 400, '"x"', signed('"x"')],
      ["signed payload that is none", 400, "payload=%7B", { ...form, ...slack.sign("payload=%7B") }],
      ["ssl_check", 200, "ssl_check=1&token=x", form],
      ["signed url_verification", 200, challenge, signed(challenge)],
    ];
    for (const [what, status, body, headers] of toSlack)
      expect({ what, status: (await post("/slack/events", body, headers)).status }).toEqual({ what, status });

    const good = teams.fake.activity(
      { type: "message", text: "tasks" },
      stage.eleni,
      teams.fake.personalOf(stage.eleni),
    );
    const bearer = async (wrong: Parameters<typeof teams.fake.token>[1]) => ({
      ...json,
      authorization: `Bearer ${await teams.fake.token(teams.fake.serviceUrl, wrong)}`,
    });
    const valid = await bearer({});
    const message = JSON.stringify(good);
    const toTeams: [string, number[], string, Record<string, string>][] = [
      ["{}", [400], "{}", valid],
      ["a type that is a number", [400], '{"type":1}', valid],
      ["[]", [400], "[]", valid],
      ["null", [400], "null", valid],
      ["a word", [400], '"x"', valid],
      ["half an object", [400], "{", valid],
      ["nothing", [400], "", valid],
      // Of whoever brings no token nothing is read.
      ["no token", [401], '{"type":"message"}', json],
      ["no token and no object", [401], "{", json],
      ["a word as token", [401], message, { ...json, authorization: "Bearer x" }],
      ["alg none", [401], message, await bearer({ wrong: { alg: "none" } })],
      ["HS256 with the public key", [401], message, await bearer({ wrong: { alg: "HS256" } })],
      ["a stranger's key", [401], message, await bearer({ wrong: { otherKey: true } })],
      ["a key of another channel", [401], message, await bearer({ wrong: { kid: "other-channel" } })],
      ["an unknown key", [401], message, await bearer({ wrong: { kid: "unknown" } })],
      ["run out", [401], message, await bearer({ claims: { exp: 1_000_000_000 } })],
      ["for another app", [401], message, await bearer({ claims: { aud: "another" } })],
      ["of another issuer", [401], message, await bearer({ claims: { iss: "https://evil.example" } })],
      ["for another address", [401], message, await bearer({ claims: { serviceurl: "https://evil.example/" } })],
      ["empty channel", [401, 403], JSON.stringify({ ...good, channelId: "" }), valid],
      ["no channel", [401, 403], JSON.stringify({ ...good, channelId: undefined }), valid],
      [
        "another tenant",
        [403],
        JSON.stringify({ ...good, channelData: {}, conversation: { id: "a:1", tenantId: "x" } }),
        valid,
      ],
      [
        "an address within the machine's own network",
        [401, 403],
        JSON.stringify({ ...good, serviceUrl: "http://169.254.169.254/" }),
        { ...json, authorization: `Bearer ${await teams.fake.token("http://169.254.169.254/")}` },
      ],
    ];
    for (const [what, statuses, body, headers] of toTeams) {
      const { status, text } = await post("/api/messages", body, headers);
      expect({ what, status: statuses.includes(status) ? "as wanted" : status }).toEqual({ what, status: "as wanted" });
      expect(text).not.toMatch(/\bat .*\(|jwt|signature/i);
    }
    expect((await fetch(`${url}/api/messages`)).status).toBe(405);
    for (const path of ["/slack/events", "/api/messages"])
      for (const length of ["Content-Length: 5242880", "Transfer-Encoding: chunked"])
        expect({ path, length, answer: await tooMuch(running.coord.port, path, length) }).toEqual({
          path,
          length,
          answer: "HTTP/1.1 413 Payload Too Large",
        });
    for (const bytes of ["\u0000\u0001\u0002", "POST /slack/events HTTP/1.1\r\nContent-Length: 99\r\n\r\nx", "GET /%"])
      await throwAt(running.coord.port, bytes);
    // A signature that is right but for a shape nobody sends: taken, and nothing done.
    const strange = JSON.stringify({ type: "block_actions", actions: [{ action_id: 7 }], user: null, team: [] });
    expect((await post("/slack/events", strange, signed(strange))).status).toBe(200);
    await alive();
    console.log(`malformed: ${toSlack.length + 2} to Slack's door, ${toTeams.length + 2} to Teams'; alive`);
  });

  it("delivers everything once through 429, 500, cut connections and a slow Slack", async () => {
    const { slack, maria, teams } = stage;
    const began = Date.now();
    // Calls that came to nothing: each failure below is to have struck.
    const vain = () => ({
      slack: slack.calls.length - slack.posted,
      teams: teams.fake.calls.length - teams.fake.posts.length,
    });
    const before = vain();
    slack.failNext({ status: 429, headers: { "retry-after": "1" } });
    slack.failNext({ status: 500 });
    slack.failNext("no_answer");
    slack.failNext("server_error");
    teams.fake.failNext({ status: 429, headers: { "retry-after": "1" } });
    teams.fake.failNext("cut_connection");
    teams.fake.failNext({ status: 502 });
    const titles = ["Amid failures A", "Amid failures B", "Amid failures C", "Amid failures D"];
    for (const title of titles) await stage.command(maria, `task @labour ${title}`);
    await arrived(titles, 60_000);
    expect(counts(titles)).toEqual(once(titles));
    expect(vain()).toEqual({ slack: before.slack + 4, teams: before.teams + 3 });
    const failures = Date.now() - began;

    const letGo = slack.hold();
    await stage.command(maria, "task @labour While Slack is slow");
    await pause(3_000);
    expect(counts(["While Slack is slow"])[0]?.maria).toBe(0);
    letGo();
    await arrived(["While Slack is slow"]);
    expect(counts(["While Slack is slow"])).toEqual(once(["While Slack is slow"]));
    console.log(`failures: ${titles.length} tasks through 7 failures in ${failures} ms, 0 doubles, 0 lost`);
  });

  it("delivers what a Slack that hung longer than Coord waits may have lost; the one in flight may double", async () => {
    const { slack, maria } = stage;
    const letGo = slack.hold();
    await stage.command(maria, "task @labour While Slack hangs");
    // Coord gives up on a call after ten seconds.
    await pause(11_500);
    letGo();
    await arrived(["While Slack hangs"], 30_000);
    await pause(4_000);
    const [seen] = counts(["While Slack hangs"]);
    console.log(
      `hang of 11.5 s: ${seen?.maria} cards in Slack (${(seen?.maria ?? 0) - 1} double), ${seen?.eleni} in Teams`,
    );
    expect(seen?.maria).toBeLessThanOrEqual(2);
    expect(seen?.eleni).toBe(1);
    expect(await running.coord.must("outbox", "list")).toContain("Nothing is failed.");
    expect(slack.refusals).toEqual([]);
  });
});

const upper = (headers: Record<string, string>) => ({
  ...headers,
  "x-slack-signature": (headers["x-slack-signature"] ?? "").toUpperCase(),
});

/** What could be genuine, or nothing of the body would be read. */
const READABLE = "Content-Type: application/json\r\nAuthorization: Bearer a.b.c\r\n";

/** 5 MB to come, announced or in pieces; Coord need not wait for them. @returns the first line of its answer */
const tooMuch = (port: number, path: string, length: string) =>
  new Promise<string>((done, failed) => {
    const piece = "x".repeat(65_536);
    const chunked = length.startsWith("Transfer");
    let answer = "";
    const socket = connect(port, "127.0.0.1", async () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: coord\r\n${READABLE}${length}\r\n\r\n`);
      // Piece by piece, and no further once the answer is there: what is written to a closed connection would only
      // bring a reset that hides it.
      for (let sent = 0; sent < (chunked ? 80 : 1) && answer === "" && socket.writable; sent += 1) {
        socket.write(chunked ? `${piece.length.toString(16)}\r\n${piece}\r\n` : piece);
        await new Promise((next) => setTimeout(next, 10));
      }
    });
    socket.on("data", (bytes) => {
      answer += String(bytes);
      if (!answer.includes("\r\n")) return;
      done(answer.split("\r\n", 1)[0] ?? "");
      socket.destroy();
    });
    // A reset may overtake the answer that came before it by a moment.
    socket.on("error", (error) => setTimeout(() => failed(error), 500));
    socket.setTimeout(10_000, () => failed(new Error(`no answer to ${path} with ${length}`)));
  });

/** Bytes that are no HTTP, or the half of a request. */
const throwAt = (port: number, bytes: string) =>
  new Promise<void>((done) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("error", () => undefined).on("close", () => done());
    socket.resume();
    setTimeout(() => socket.destroy(), 500);
  });
