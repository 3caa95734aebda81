import type { AccountRef } from "../chat/index.js";
import { messagesFor } from "../i18n/index.js";
import type { Body } from "../people/model.js";
import { allBodies, findPersons } from "../people/store.js";
import type { Runtime } from "../runtime/runtime.js";

/** Whom one can be in the workbench. */
export type Persona = {
  account: AccountRef;
  name: string;
  agency: string;
  agencyName: string;
  roles: string[];
  lang: string;
  zone: string;
};

/**
 * Everybody whom one can be: who has a workbench account, and two newcomers. The newcomers are read first: whoever
 * joins in between is then found in both and never in neither, which would take their screen away.
 */
export async function personasAndNewcomers(runtime: Runtime): Promise<Persona[]> {
  const fresh = await newcomers(runtime);
  const known = await personasOf(runtime);
  const keys = new Set(known.map(keyOf));
  return [...known, ...fresh.filter((one) => !keys.has(keyOf(one)))];
}

/** Everybody with a workbench account, as they are now: language and zone can be changed. */
export async function personasOf(runtime: Runtime): Promise<Persona[]> {
  const bodies = await runtime.store.outside((tx) => allBodies(tx));
  const found = await Promise.all(bodies.map((body) => inOne(runtime, body)));
  // Somebody of two bodies is one person.
  return [...new Map(found.flat().map((one) => [keyOf(one), one])).values()];
}

const keyOf = ({ account }: Persona): string => JSON.stringify([account.platform, account.tenant, account.user]);

/** Whose name and clock the workbench shows: the first in which somebody has an account there. */
export async function bodyShown(runtime: Runtime): Promise<Body | undefined> {
  const bodies = await runtime.store.outside((tx) => allBodies(tx));
  for (const body of bodies) if ((await inOne(runtime, body)).length > 0) return body;
  return bodies[0];
}

/**
 * Two accounts that nobody knows yet, one a screen: how the first people of a body come in with their codes. Once one
 * has joined, the next is there.
 */
export async function newcomers(runtime: Runtime): Promise<Persona[]> {
  const { zone, lang } = (await bodyShown(runtime)) ?? { zone: "UTC", lang: "en" };
  return Promise.all(
    (["slack", "teams"] as const).map(async (screen) => {
      const tenant = `${screen}:newcomers`;
      const joined = await runtime.store.owner
        .selectFrom("accounts")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("platform", "=", "web")
        .where("tenant", "=", tenant)
        .executeTakeFirstOrThrow();
      const t = messagesFor(lang).people.newcomer;
      const name = t.name({ number: Number(joined.count) + 1 });
      const account: AccountRef = { platform: "web", tenant, user: `newcomer-${Number(joined.count) + 1}` };
      return { account, name, agency: "newcomers", agencyName: t.agency, roles: [], lang, zone };
    }),
  );
}

function inOne(runtime: Runtime, body: Body): Promise<Persona[]> {
  return runtime.store.inBody(body.id, async (tx) => {
    const accounts = await tx.selectFrom("accounts").selectAll().where("platform", "=", "web").execute();
    const people = new Map((await findPersons(tx, { activeOnly: true })).map((person) => [person.id, person]));
    return accounts.flatMap((account): Persona[] => {
      const person = people.get(account.person_id);
      if (!person?.roles.length) return [];
      return [
        {
          account: { platform: account.platform, tenant: account.tenant, user: account.user_id },
          name: person.name,
          agency: person.agency.handle,
          agencyName: person.agency.name,
          roles: person.roles.map((role) => messagesFor(person.lang).roles[role]),
          lang: person.lang,
          zone: person.zone,
        },
      ];
    });
  });
}
