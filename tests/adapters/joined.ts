import type { AccountRef, Adapter, ConversationRef, Delivery, Platform } from "../../src/chat/index.js";
import { linkPerson } from "../../src/cli/setup.js";
import type { Role } from "../../src/policy/index.js";
import type { World } from "../world.js";

/** A real adapter before the real core: what concerns its tenants goes to it, everything else to the world's own. */
export function joinAdapter(w: World, platform: Platform, adapter: Adapter, tenants: readonly string[]): void {
  const others = w.runtime.adapters.get(platform);
  if (!others) throw new Error("no adapter");
  const ours = ({ tenant }: { tenant: string }) => (tenants.includes(tenant) ? adapter : others);
  w.runtime.adapters.set(platform, {
    platform,
    deliver: (delivery) => ours(tenantOf(delivery)).deliver(delivery),
    audience: async (conversation: ConversationRef) => {
      const { audience } = ours(conversation);
      if (!audience) throw new Error("cannot be asked");
      return audience(conversation);
    },
  });
}

const tenantOf = (delivery: Delivery): { tenant: string } => {
  if (delivery.kind === "update") return delivery.ref.conversation;
  return "person" in delivery.to ? delivery.to.person : delivery.to.conversation;
};

/** Somebody of the platform under test, known to the core. */
export async function enrol(w: World, account: AccountRef, name: string, agency: string, role: Role[]): Promise<void> {
  const { platform, tenant, user } = account;
  await linkPerson(w.runtime, agency, { name, account: [`${platform}:${tenant}:${user}`], role });
  w.enrolled(name, account);
}
