import type { AccountRef, AdapterStore } from "../../src/chat/index.js";
import { type Activity, at, guid, isOwnChat, objects, tenantsOf, text, textAt } from "./activity.js";

/** Addresses learnt from what came in: where to reach a person, and which Teams id (`29:…`) is which account. */

export type Address = { conversation: string; serviceUrl: string };

/** Where nothing is known of a tenant yet: the global address for first messages, learn.microsoft.com, proactive messages. */
const GLOBAL_SERVICE = "https://smba.trafficmanager.net/teams/";

/** What was written lately, so that an ordinary activity costs no database work. */
const REMEMBERED = 5_000;

export class References {
  #written = new Map<string, string>();

  constructor(private readonly store: AdapterStore) {}

  /** The caller has checked token, tenant and service address. */
  async learn(activity: Activity): Promise<void> {
    const [tenant] = tenantsOf(activity);
    const serviceUrl = text(activity.serviceUrl);
    if (!tenant || !serviceUrl) return;
    await this.#write(`teams/tenant/${tenant}`, serviceUrl);
    for (const member of [activity.from, ...objects(activity.membersAdded)]) await this.#account(tenant, member);
    const user = guid(at(activity, "from", "aadObjectId"));
    const conversation = textAt(activity, "conversation", "id");
    if (!user || !conversation || !isOwnChat(activity)) return;
    const person: AccountRef = { platform: "teams", tenant, user };
    const gone = activity.type === "installationUpdate" && activity.action === "remove";
    if (gone) await this.forget(person);
    else await this.remember(person, { conversation, serviceUrl });
  }

  async #account(tenant: string, member: unknown): Promise<void> {
    const mri = textAt(member, "id");
    const user = guid(at(member, "aadObjectId"));
    if (!user || !mri?.startsWith("29:")) return;
    await this.#write(`teams/account/${tenant}/${mri}`, user);
    await this.#write(`teams/mri/${tenant}/${user}`, mri);
  }

  async accountOf(tenant: string, mri: string): Promise<string | undefined> {
    return this.store.get(`teams/account/${tenant}/${mri}`);
  }

  async mriOf(person: AccountRef): Promise<string | undefined> {
    return this.store.get(`teams/mri/${person.tenant}/${person.user}`);
  }

  async serviceOf(tenant: string): Promise<string> {
    return (await this.store.get(`teams/tenant/${tenant}`)) ?? GLOBAL_SERVICE;
  }

  async personal(person: AccountRef): Promise<Address | undefined> {
    const stored = await this.store.get(personKey(person));
    if (stored === undefined) return undefined;
    const { conversation, serviceUrl } = JSON.parse(stored) as Address;
    return { conversation, serviceUrl };
  }

  async remember(person: AccountRef, address: Address): Promise<void> {
    await this.#write(personKey(person), JSON.stringify(address));
  }

  async forget(person: AccountRef): Promise<void> {
    this.#written.delete(personKey(person));
    await this.store.remove(personKey(person));
  }

  async #write(key: string, value: string): Promise<void> {
    if (this.#written.get(key) === value) return;
    await this.store.set(key, value);
    if (this.#written.size >= REMEMBERED) this.#written.clear();
    this.#written.set(key, value);
  }
}

const personKey = (person: AccountRef): string => `teams/person/${person.tenant}/${person.user}`;
