import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import {
  type Adapter,
  type AdapterLog,
  type Delivery,
  DeliveryError,
  type MessageRef,
  type Receive,
} from "../../src/chat/index.js";
import { request } from "./acts.js";
import { asset } from "./assets.js";
import { type Body, clockMove, momentOf, type WorkbenchClock } from "./clock.js";
import { Events } from "./events.js";
import { type Detour, guard, newToken } from "./guard.js";
import { type Persona, personaKey, personalConversation, takesPart } from "./persona.js";
import { type Outcome, Receiver } from "./receive.js";
import { Screens } from "./screens.js";
import { type TroubleKind, troubleError, troubleKind } from "./trouble.js";
import { personaView, stateView } from "./view.js";

export type { Body, WorkbenchClock } from "./clock.js";
export { agencyChannel, type Persona, personalConversation } from "./persona.js";

export type WebOptions = {
  /** Asked anew each time: people come and go. */
  personas: () => Promise<Persona[]>;
  clock: WorkbenchClock;
  log: AdapterLog;
  /** The rule of what comes straight from this machine. */
  detour: Detour;
  /** Whose clock the header shows; else the zone that most personas share. */
  body?: () => Promise<Body | undefined>;
};

/** `app` is mounted at `/`; it answers `/` and `/workbench/*` and guards nothing else. */
export type WebAdapter = Adapter & { readonly app: Hono };

/** A form with every field full, several times over. */
const MOST_BYTES = 262_144;

/** The workbench: Coord without Slack and Teams, on this machine, with fictional people. */
export function createWebAdapter({ personas, clock, log, detour, body }: WebOptions): WebAdapter {
  const events = new Events();
  const screens = new Screens(() => events.tell("screens"));
  const token = newToken();
  const underWay = new Set<Promise<unknown>>();
  let receiver: Receiver | undefined;
  let trouble: TroubleKind | undefined;

  const bodyNow = async (): Promise<Body> => (await body?.()) ?? { name: "Coord", zone: commonest(await personas()) };
  const personaBy = async (key: string) => (await personas()).find((p) => personaKey(p.account) === key);

  const app = new Hono();
  const guarded = guard(token, detour);
  app.use("/", guarded);
  app.use("/workbench/*", guarded);
  app.use("/workbench/*", bodyLimit({ maxSize: MOST_BYTES }));

  app.onError((error, c) => {
    log.warn("workbench_failed", { path: c.req.path, error: error.name });
    return c.json({ error: "failed", message: "Something went wrong. Try again." }, 500);
  });

  app.get("/", async (c) => c.html((await asset("index.html"))?.body ?? ""));

  app.get("/workbench/assets/:name", async (c) => {
    const file = await asset(c.req.param("name"));
    return file ? c.body(file.body, 200, { "content-type": file.type }) : c.notFound();
  });

  app.get("/workbench/session", async (c) => {
    const { name, zone } = await bodyNow();
    return c.json({
      token,
      body: { name, zone },
      now: clock.now().toISOString(),
      moves: clock.moveTo !== undefined,
      personas: (await personas()).map((persona) => personaView(persona, screens)),
    });
  });

  app.get("/workbench/state", async (c) => {
    const persona = await personaBy(c.req.query("persona") ?? "");
    return persona
      ? c.json(stateView(persona, screens))
      : c.json({ error: "persona", message: "Nobody here has that name any more." }, 404);
  });

  app.get("/workbench/events", (c) => events.stream(c));

  app.post("/workbench/act", async (c) => {
    const asked = request.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return c.json({ error: "act", message: "The workbench cannot read this request." }, 400);
    if (!receiver) return c.json({ error: "stopped", message: "Coord is starting or stopping. Try again." }, 503);
    const persona = await personaBy(asked.data.persona);
    if (!persona) return c.json({ error: "persona", message: "Nobody here has that name any more." }, 404);
    try {
      const outcome = await tracked(receiver.perform(persona, asked.data.key, asked.data.act));
      return outcome.gone
        ? c.json({ error: "gone", message: "This is no longer on the screen. Look at the newest messages." }, 410)
        : c.json(outcome satisfies Outcome);
    } catch (error) {
      log.warn("workbench_act_failed", { act: asked.data.act.type, error: error instanceof Error ? error.name : "?" });
      return c.json({ error: "failed", message: "Something went wrong, and nothing was kept. Try again." }, 500);
    }
  });

  app.post("/workbench/clock", async (c) => {
    const { moveTo } = clock;
    if (!moveTo) return c.json({ error: "clock", message: "The clock moves in the demo alone." }, 400);
    const asked = clockMove.safeParse(await c.req.json().catch(() => undefined));
    const at = asked.success ? momentOf(asked.data, clock.now(), await bodyNow()) : undefined;
    if (!at) return c.json({ error: "clock", message: "Give a date and a time, e.g. 2 March 2026, 09:00." }, 400);
    if (at.getTime() <= clock.now().getTime())
      return c.json({ error: "past", message: "The clock goes forward only. Pick a later moment." }, 400);
    try {
      await tracked(moveTo(at));
    } catch (error) {
      log.warn("workbench_clock_failed", { error: error instanceof Error ? error.name : "?" });
      return c.json({ error: "failed", message: "The clock could not be moved. Try again." }, 500);
    }
    events.tell("clock");
    return c.json({ now: clock.now().toISOString() });
  });

  app.post("/workbench/trouble", async (c) => {
    const asked = troubleKind.safeParse((await c.req.json().catch(() => ({})))?.next);
    if (!asked.success) return c.json({ error: "trouble", message: "Unknown kind of trouble." }, 400);
    trouble = asked.data;
    return c.json({});
  });

  async function tracked<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  async function deliver(delivery: Delivery): Promise<MessageRef> {
    if (trouble) {
      const error = troubleError(trouble);
      trouble = undefined;
      throw error;
    }
    if (delivery.kind === "update") return screens.update(delivery.ref, delivery.message, clock.now());
    const { to, message, thread } = delivery;
    const known = await personas();
    if ("person" in to) {
      const persona = known.find((p) => personaKey(p.account) === personaKey(to.person));
      if (!persona) throw DeliveryError.permanent("account_gone", "no such persona in the workbench");
      return screens.post(personalConversation(persona.account), message, {
        at: clock.now(),
        ...(thread && { thread }),
      });
    }
    if (!known.some((persona) => takesPart(persona, to.conversation)))
      throw DeliveryError.permanent("channel_gone", "no persona of the workbench has this conversation");
    return screens.post(to.conversation, message, { at: clock.now(), ...(thread && { thread }) });
  }

  return {
    platform: "web",
    app,
    deliver,
    async overwrite(person, live, message) {
      screens.overwrite(person, live, message);
    },
    /** Nobody but the agency's own people has its channel on the screen. */
    async audience(conversation) {
      const readers = (await personas()).filter((persona) => takesPart(persona, conversation));
      return readers.length ? { readers: "members" } : { readers: "unknown", because: "no_access" };
    },
    async start(receive: Receive) {
      events.open();
      receiver = new Receiver(screens, receive, () => clock.now(), personas);
    },
    async stop() {
      receiver = undefined;
      await Promise.allSettled(underWay);
      events.close();
    },
  };
}

function commonest(personas: Persona[]): string {
  const count = new Map<string, number>();
  for (const { zone } of personas) count.set(zone, (count.get(zone) ?? 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "UTC";
}
