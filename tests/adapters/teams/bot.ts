import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTeamsAdapter, type TeamsAdapter, type TeamsOptions } from "../../../adapters/teams/index.js";
import type { AdapterStore } from "../../../src/chat/index.js";
import { adapterWords } from "../../../src/i18n/index.js";
import type { FakeTeams } from "../../fakes/teams.js";

/** The adapter behind a real HTTP server on loopback, as main mounts it. */
export type Bot = {
  adapter: TeamsAdapter;
  store: AdapterStore & { readonly entries: Map<string, string> };
  log: { event: string; detail?: Record<string, unknown> }[];
  close(): Promise<void>;
};

export async function startBot(fake: FakeTeams, tenants: string[], more: Partial<TeamsOptions> = {}): Promise<Bot> {
  const store = memoryStore();
  const log: Bot["log"] = [];
  const note = (event: string, detail?: Record<string, unknown>) => void log.push({ event, detail });
  const adapter = createTeamsAdapter({
    words: adapterWords(),
    appId: fake.appId,
    appPassword: fake.password,
    appType: "SingleTenant",
    appTenantId: fake.appTenant,
    allowedTenants: tenants,
    serviceHosts: [fake.host],
    openIdMetadataUrl: fake.metadataUrl,
    loginUrl: fake.loginUrl,
    store,
    log: { info: note, warn: note },
    now: () => new Date(),
    ...more,
  });
  const server = createServer(adapter.listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  fake.botUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  return {
    adapter,
    store,
    log,
    async close() {
      await adapter.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export function memoryStore(): Bot["store"] {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => entries.get(key),
    set: async (key, value) => void entries.set(key, value),
    take: async (key) => {
      const value = entries.get(key);
      entries.delete(key);
      return value;
    },
    remove: async (key) => void entries.delete(key),
  };
}
