import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Team } from "../../fakes/slack.js";
import { text, type World, world } from "./world.js";

let w: World;
let clock: Date;
beforeEach(async () => {
  clock = new Date("2026-03-02T09:00:00Z");
  w = await world({ oauth: true, now: () => clock });
});
afterEach(async () => w.stop());

/** A browser: it keeps the cookie that it was given. */
type Browser = { cookie?: string };

const start = async (browser: Browser): Promise<string> => {
  const res = await fetch(`${w.origin}/slack/install`, { redirect: "manual" });
  expect(res.status).toBe(302);
  browser.cookie = res.headers.get("set-cookie")?.split(";")[0];
  expect(res.headers.get("set-cookie")).toMatch(/HttpOnly/);
  return res.headers.get("location") ?? "";
};
/** Slack sends the browser to PUBLIC_URL; on loopback that is the adapter's own origin. */
const comeBack = async (browser: Browser, to: URL): Promise<number> => {
  const res = await fetch(`${w.origin}${to.pathname}${to.search}`, {
    headers: browser.cookie ? { cookie: browser.cookie } : {},
  });
  const page = await res.text();
  expect(page).not.toMatch(/state|code|Error|xoxb|at .*\(/);
  return res.status;
};
const install = async (team: Team, how?: { org: boolean }): Promise<number> => {
  const browser: Browser = {};
  return comeBack(browser, w.slack.approve(await start(browser), team, how));
};
const account = (team: Team) => ({
  platform: "slack" as const,
  tenant: team.id,
  user: w.slack.person(team, `p${w.slack.people.size}`).id,
});
const outcome = (team: Team) =>
  w.adapter.deliver({ kind: "post", to: { person: account(team) }, message: text("Hello") }).then(
    () => "sent",
    (error: { outcome?: { reason?: string } }) => error.outcome?.reason,
  );

describe("installing", () => {
  it("asks for the scopes, with a fixed address to come back to", async () => {
    const url = new URL(await start({}));
    expect(url.origin + url.pathname).toBe("https://slack.com/oauth/v2/authorize");
    expect(url.searchParams.get("redirect_uri")).toBe("https://coord.example/slack/oauth_redirect");
    expect(url.searchParams.get("scope")?.split(",")).toContain("chat:write");
  });

  it("makes Coord speak in that workspace, and in no other", async () => {
    expect(await outcome(w.team)).toBe("bot_removed");
    expect(await install(w.team)).toBe(200);
    expect(await outcome(w.team)).toBe("sent");
    expect(await outcome(w.slack.team("Other"))).toBe("bot_removed");
  });

  it("serves many workspaces, each with its own token", async () => {
    const border = w.slack.team("Border", { installed: false });
    await install(w.team);
    await install(border);
    expect([await outcome(w.team), await outcome(border)]).toEqual(["sent", "sent"]);
    const tokens = w.slack.calls.filter(({ method }) => method === "chat.postMessage").map(({ token }) => token);
    expect(tokens).toEqual([w.team.token, border.token]);
  });

  it("keeps no token under a readable name", async () => {
    await install(w.team);
    expect([...w.store.held.keys()].join()).not.toContain("xoxb");
  });

  it.each<[string, (browser: Browser, back: URL) => Promise<number> | number]>([
    [
      "the state used twice",
      async (browser, back) => {
        expect(await comeBack(browser, back)).toBe(200);
        return comeBack(
          browser,
          w.slack.approve(
            `https://slack.com/x?client_id=${w.slack.app.clientId}&redirect_uri=https://coord.example/slack/oauth_redirect&state=${encodeURIComponent(back.searchParams.get("state") ?? "")}`,
            w.team,
          ),
        );
      },
    ],
    ["another browser", (_, back) => comeBack({}, back)],
    [
      "a browser with a state of its own",
      async (_, back) => {
        const other: Browser = {};
        await start(other);
        return comeBack(other, back);
      },
    ],
    [
      "a state made up, cookie and all",
      (_, back) => {
        back.searchParams.set("state", "bm9uY2U.c2lnbmF0dXJl");
        return comeBack({ cookie: "slack-app-oauth-state=bm9uY2U.c2lnbmF0dXJl" }, back);
      },
    ],
    [
      "no state",
      (browser, back) => {
        back.searchParams.delete("state");
        return comeBack(browser, back);
      },
    ],
    [
      "an expired state",
      (browser, back) => {
        clock = new Date(clock.getTime() + 11 * 60_000);
        return comeBack(browser, back);
      },
    ],
    [
      "a code that Slack does not know",
      (browser, back) => {
        back.searchParams.set("code", "guessed");
        return comeBack(browser, back);
      },
    ],
    [
      "somebody who declined",
      (browser, back) => {
        back.searchParams.delete("code");
        back.searchParams.set("error", "access_denied");
        return comeBack(browser, back);
      },
    ],
  ])("refuses %s", async (name, attempt) => {
    const browser: Browser = {};
    const back = w.slack.approve(await start(browser), w.team);
    const installed = name === "the state used twice";
    expect(await attempt(browser, back)).toBe(400);
    expect(await outcome(w.team)).toBe(installed ? "sent" : "bot_removed");
    expect(JSON.stringify(w.log)).not.toMatch(/xoxb|guessed|c0ffee/);
  });
});

describe("Enterprise Grid", () => {
  it("one installation for the organisation serves all its workspaces, direct messages included", async () => {
    const [border, port] = ["Border", "Port"].map((name) =>
      w.slack.team(name, { enterprise: "E1", installed: false }),
    ) as [Team, Team];
    expect(await install(border, { org: true })).toBe(200);
    for (const team of [border, port]) {
      const person = w.slack.person(team, `p${team.id}`);
      w.answer = () => ({ post: text("Here") });
      await w.slack.say(person, "tasks", w.slack.direct(person));
      await w.adapter.idle();
      expect(w.slack.inbox(person) && w.slack.read(w.slack.inbox(person) as never)).toBe("Here");
      expect(await outcome(team)).toBe("sent");
    }
    expect(await outcome(w.slack.team("Elsewhere", { enterprise: "E2" }))).toBe("bot_removed");
  });

  it("outlives one workspace that leaves, and ends with the organisation", async () => {
    const border = w.slack.team("Border", { enterprise: "E1", installed: false });
    await install(border, { org: true });
    await w.slack.say(w.slack.person(border, "lena"), "tasks", w.slack.direct(w.slack.person(border, "ada")));
    await w.slack.event(border, { type: "app_uninstalled" });
    expect(await outcome(border)).toBe("sent");
    const whole = { type: "event_callback", enterprise_id: "E1", event_id: "Ev9", event: { type: "app_uninstalled" } };
    expect((await w.slack.send(w.slack.request("events_api", whole))).status).toBe(200);
    expect(await outcome(border)).toBe("bot_removed");
  });
});

describe("uninstalling", () => {
  const revoked = (over: object = {}) => ({
    type: "tokens_revoked",
    tokens: { oauth: [], bot: [w.team.botUser], ...over },
  });

  it("forgets the token and tells", async () => {
    const told: string[] = [];
    await w.stop();
    w = await world({ oauth: true, now: () => clock, onUninstalled: async (tenant) => void told.push(tenant) });
    await install(w.team);
    expect((await w.slack.uninstall(w.team)).status).toBe(200);
    await w.slack.redeliver();
    expect(await outcome(w.team)).toBe("bot_removed");
    expect(told).toEqual([w.team.id]);
    expect(w.seen).toEqual([]);
  });

  it("by revoked tokens as well, but not for a person's", async () => {
    await install(w.team);
    await w.slack.event(w.team, { type: "tokens_revoked", tokens: { oauth: ["U1"], bot: [] } });
    expect(await outcome(w.team)).toBe("sent");
    await w.slack.event(w.team, revoked());
    expect(await outcome(w.team)).toBe("bot_removed");
  });

  it("does not end an installation made since", async () => {
    await install(w.team);
    const late = w.slack.now;
    w.slack.now = () => late() - 60_000;
    expect((await w.slack.event(w.team, revoked())).status).toBe(200);
    w.slack.now = late;
    expect(await outcome(w.team)).toBe("sent");
  });
});
