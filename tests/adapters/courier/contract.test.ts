import { adapterWords } from "../../../src/i18n/index.js";
import "../../fakes/courier/platform.js";
import type { AddressInfo } from "node:net";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connected, type ConversationRef, PLATFORMS } from "../../../src/chat/index.js";
import type { CliParts } from "../../../src/cli/parts.js";
import { runCli } from "../../../src/cli/program.js";
import { silentLog } from "../../../src/lib/log.js";
import { readConfig } from "../../../src/runtime/config.js";
import { createHttp } from "../../../src/runtime/http.js";
import { adapterContract } from "../../contract/contract.js";
import type { Harness, Screen } from "../../contract/harness.js";
import { courier } from "../../fakes/courier/adapter.js";
import { CourierServer, chatOf, type Member, TOKEN } from "../../fakes/courier/server.js";
import { checkRendered, textOf, World } from "../../world.js";

/**
 * A platform that no file of the core, no command and no other adapter has ever heard of: an entry of the table, a
 * connector and its adapter are all there is, and everything works from it.
 */

const HOUSE = { id: "room-1", kind: "channel" as const };

type Standing = { server: CourierServer; adapter: Connected; stop(): Promise<void> };

/** The connector as main takes it: settings from the environment, requests by this server's routes. */
async function stand(): Promise<Standing> {
  const server = await CourierServer.open();
  const config = readConfig({ COURIER_URL: server.url, COURIER_TOKEN: TOKEN }, { connectors: [courier] });
  const [configured] = config.platforms;
  if (!configured) throw new Error("not set up");
  const nothing = async () => undefined;
  const adapter = configured.connect({
    store: { get: nothing, set: nothing, take: nothing, remove: nothing },
    log: silentLog,
    now: () => new Date(),
    admission: { enter: (work) => work(), full: () => undefined },
    words: adapterWords(),
    onUninstalled: nothing,
    onAudienceChanged: nothing,
    onMemberChanged: nothing,
    onOrganisation: nothing,
  });
  const http = createHttp({ routes: [adapter.route], pages: new Hono() });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  server.coord = `http://127.0.0.1:${(http.address() as AddressInfo).port}/courier/events`;
  return {
    server,
    adapter,
    async stop() {
      await adapter.stop();
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
      await server.close();
    },
  };
}

async function harness(): Promise<Harness> {
  const { server, adapter, stop } = await stand();
  const who = (name: string) => ({ platform: "courier", tenant: server.team, user: `U${name}`, displayName: name });
  const member = ({ user, displayName }: { user: string; displayName: string }): Member => ({
    id: user,
    name: displayName,
  });
  const [maria, omar] = [who("Maria"), who("Omar")];
  const inbox = (one: typeof maria) => {
    const shown = server.inbox(member(one));
    if (!shown) throw new Error("an empty inbox");
    return shown;
  };
  return {
    adapter,
    maria,
    omar,
    start: (receive) => adapter.start(receive),
    stop,
    command: (one, text, where) =>
      server.say(member(one), where === "personal" ? chatOf(one.user) : HOUSE, text, [maria, omar].map(member)),
    inbox: async (one) => server.screen(member(one), inbox(one as typeof maria)),
    posted: () => server.posted,
    async replyInThread(one, text) {
      const thread = inbox(one as typeof maria).id;
      await server.act(member(one), chatOf(one.user), { did: "replied", text, thread });
    },
    makeTaskOf: (one, quoted) =>
      server.act(member(one), HOUSE, { did: "pointed", quoted, message: "m-1", byCoord: false }),
    home: (one) => server.act(member(one), chatOf(one.user), { did: "came home" }),
    async reading(one) {
      const open = server.forms.get(one.user);
      return open && [open.title, ...open.lines].join("\n");
    },
    redeliverLast: async () => (await server.send()).status,
    failNext(how) {
      server.fail = { rate_limited: 429, server_error: 500, account_gone: 410 }[how];
    },
  };
}

adapterContract("courier", harness);

describe("a platform that only the table and its adapter know", () => {
  const lena: Member = { id: "ULena", name: "Lena" };
  const omar: Member = { id: "UOmar", name: "Omar" };
  let w: World;
  let s: Standing;

  beforeAll(async () => {
    w = await World.create({
      agencies: ["labour"],
      people: { Sofia: "secretariat coordinator focal_point", Maria: "police focal_point staff teams" },
    });
    s = await stand();
    w.runtime.adapters.set(s.adapter.platform, s.adapter);
    await s.adapter.start(w.runtime.receive);
  });
  afterAll(async () => {
    await s.stop();
    await w.close();
  });

  const config = () => readConfig({ COURIER_URL: s.server.url, COURIER_TOKEN: TOKEN }, { connectors: [courier] });
  const coord = async (...argv: string[]): Promise<string> => {
    let out = "";
    const checks = config().platforms.map(({ platform, check }) => ({ name: platform, run: check }));
    const parts: CliParts = { runtime: w.runtime, config: config(), checks, applied: [] };
    await runCli(
      parts,
      argv,
      {},
      (text) => {
        out += text;
      },
      () => undefined,
    );
    return out;
  };
  const say = (who: Member, text: string): Promise<Screen> => s.server.say(who, chatOf(who.id), text, [lena, omar]);
  const card = (who: Member): Screen => {
    const shown = s.server.inbox(who);
    if (!shown) throw new Error(`${who.name} got nothing`);
    return s.server.screen(who, shown);
  };
  const press = async (screen: Screen, label: string): Promise<Screen> => {
    const button = screen.buttons.find((one) => one.label === label);
    if (!button) throw new Error(`no button ${label} on: ${screen.text} [${screen.buttons.map((b) => b.label)}]`);
    const after = await button.press();
    await w.settle();
    return after;
  };

  it("is spoken of to the operator like the others", async () => {
    const invited = await coord("invite", "@labour", "--name", "Lena");
    const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(invited)?.[0] ?? "";
    expect(invited).toContain(
      `in Slack: /coord join ${code}   in Teams: @Coord join ${code}   in Courier: !coord join ${code}`,
    );
    const found = await coord("doctor");
    expect(found).toMatch(/^ok {3}courier +Courier takes the token$/m);
    expect(found).toMatch(/^ok {3}platforms +Courier/m);
    expect(await coord("link", "@labour", "--name", "x", "--account", "courier:harbour")).toContain(
      "courier:TEAM:USER",
    );
    expect(await coord("link", "@labour", "--name", "x", "--account", "pigeon:a:b")).toContain("is not an account");
    for (const [given, named] of [
      [{ COURIER_URL: s.server.url }, "COURIER_TOKEN: set"],
      [{ COURIER_URL: "nowhere", COURIER_TOKEN: TOKEN }, "COURIER_URL: the value is not usable"],
    ] as const)
      expect(() => readConfig(given, { connectors: [courier] })).toThrow(named);
    expect(() => readConfig({}, { connectors: [{ ...courier, platform: "pigeon" }] })).toThrow("platforms.ts");
    expect(PLATFORMS.get("courier")?.name).toBe("Courier");
    expect((await say(lena, `join ${code}`)).text).toContain("Welcome, Lena");
    await w.settle();
  });

  it("has everything by typed words: somebody is added, asked, answers, and whoever asked sees it elsewhere", async () => {
    await press(await say(lena, "add @omar"), "Add");
    expect((await say(omar, "account")).text).toContain("Courier");
    w.enrolled("Lena", { platform: "courier", tenant: s.server.team, user: lena.id });
    expect(await w.ask("Maria", "task @labour Inspect 3 farms by Fri 17:00")).toContain("T-1");
    await w.settle();
    expect(card(lena).text).toContain("Inspect 3 farms");
    const after = await press(card(lena), "Accept");
    expect(after.text).toContain("T-1");
    expect((await say(lena, "give T-1 @omar")).text).toContain("Omar");
    await w.settle();
    expect(card(omar).text).toContain("Inspect 3 farms");
    expect((await say(omar, "done T-1")).text).toContain("T-1");
    await w.settle();
    expect(textOf(await w.say("Maria", "T-1"))).toMatch(/done/i);
    checkRendered(w.card("Maria", "T-1").message);
  });

  it("opens a form, and is refused and taken as anywhere", async () => {
    const form = (await say(lena, "task")).form;
    expect(form?.fields.length).toBeGreaterThan(2);
    const refused = await form?.submit({});
    expect(refused?.form?.fields.some(({ error }) => error)).toBe(true);
  });

  it("binds a channel, which gets what its agency is asked", async () => {
    const bound = await s.server.say(lena, HOUSE, "bind @labour", []);
    expect(bound.text).toContain("Courier");
    const conversation: ConversationRef = { platform: "courier", tenant: s.server.team, ...HOUSE };
    await w.settle();
    await w.ask("Maria", "task @labour Count lorries by Fri 17:00");
    await w.settle();
    expect(
      s.server.messages
        .filter(({ room }) => room === conversation.id)
        .at(-1)
        ?.payload.lines.join(),
    ).toContain("T-2");
  });
});
