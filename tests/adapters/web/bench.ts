import { serve } from "@hono/node-server";
import { createWebAdapter, type Persona, type WebAdapter } from "../../../adapters/web/index.js";
import type { AdapterLog, Receive } from "../../../src/chat/index.js";
import { detour } from "../../../src/runtime/direct.js";

export const personas: Persona[] = [
  {
    account: { platform: "web", tenant: "slack:police", user: "maria" },
    name: "Maria Petrou",
    agency: "police",
    agencyName: "Hellenic Police",
    roles: ["focal point"],
    lang: "en",
    zone: "Europe/Athens",
  },
  {
    account: { platform: "web", tenant: "teams:labour", user: "omar" },
    name: "Omar Haddad",
    agency: "labour",
    agencyName: "Labour Inspectorate",
    roles: ["inspector"],
    lang: "en",
    zone: "Europe/Athens",
  },
  {
    account: { platform: "web", tenant: "teams:iom", user: "layla" },
    name: "ليلى منصور",
    agency: "iom",
    agencyName: "IOM",
    roles: ["observer"],
    lang: "ar",
    zone: "Africa/Tunis",
  },
  {
    account: { platform: "web", tenant: "slack:border", user: "samir" },
    name: "سمير خليل",
    agency: "border",
    agencyName: "Border Guard",
    roles: ["staff"],
    lang: "ar",
    zone: "Africa/Tunis",
  },
  {
    account: { platform: "web", tenant: "slack:police", user: "nikos" },
    name: "Nikos Laskaris",
    agency: "police",
    agencyName: "Hellenic Police",
    roles: ["staff"],
    lang: "en",
    zone: "Europe/Athens",
  },
];

export type Logged = { event: string; detail?: Record<string, string | number | boolean> };

/** A workbench on a free port with a clock of its own. */
export type Bench = {
  adapter: WebAdapter;
  url: string;
  clock: { now: Date };
  logged: Logged[];
  stop(): Promise<void>;
};

export async function openBench(
  receive: Receive,
  options: { personas?: () => Promise<Persona[]>; moved?: (at: Date) => Promise<void> } = {},
): Promise<Bench> {
  const clock = { now: new Date("2026-03-02T08:00:00Z") };
  const logged: Logged[] = [];
  const log: AdapterLog = {
    info: (event, detail) => logged.push({ event, detail }),
    warn: (event, detail) => logged.push({ event, detail }),
  };
  const adapter = createWebAdapter({
    personas: options.personas ?? (async () => personas),
    clock: {
      now: () => clock.now,
      moveTo: async (at) => {
        clock.now = at;
        await options.moved?.(at);
      },
    },
    log,
    detour,
    body: async () => ({ name: "National coordination body", zone: "Europe/Athens" }),
  });
  await adapter.start(receive);
  const { server, port } = await listen(adapter);
  return {
    adapter,
    url: `http://127.0.0.1:${port}`,
    clock,
    logged,
    async stop() {
      await adapter.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
}

const listen = (adapter: WebAdapter): Promise<{ server: ReturnType<typeof serve>; port: number }> =>
  new Promise((resolve) => {
    const server = serve({ fetch: adapter.app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve({ server, port }),
    );
  });
