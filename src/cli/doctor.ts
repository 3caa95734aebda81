import { subMinutes } from "date-fns";
import { sql } from "kysely";
import { type Platform, platformFacts } from "../chat/index.js";
import { boundConversations, heldBackBy } from "../conversations/store.js";
import { LATE_MINUTES } from "../escalation/fire.js";
import { countOverdue } from "../escalation/store.js";
import { messagesFor } from "../i18n/index.js";
import { platformName } from "../people/platform-name.js";
import { agenciesOf, allBodies, findPersons, undecided } from "../people/store.js";
import type { Store, Tx } from "../store/database.js";
import { privateFolders } from "../store/folder.js";
import { isZone } from "../time/zones.js";
import type { Check, CliParts, Finding } from "./parts.js";
import { variableForms } from "./platforms.js";
import { recordCheck } from "./record-check.js";

export async function doctor(parts: CliParts): Promise<{ text: string; ok: boolean }> {
  const findings: { name: string; finding: Finding }[] = [];
  for (const check of [...own(parts), ...parts.checks])
    findings.push({
      name: check.name,
      finding: await check.run().catch((error: unknown) => ({
        ok: false,
        say: `could not be checked (${error instanceof Error ? error.name : "error"})`,
      })),
    });
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(
    ({ name, finding }) => `${finding.ok ? "ok  " : "FIX "} ${name.padEnd(width)}  ${finding.say}`,
  );
  return { text: lines.join("\n"), ok: findings.every(({ finding }) => finding.ok) };
}

/** What is in the way of knowing who reads a bound conversation, and what to do about it. */
function channelTrouble({ because, scope }: { because: string; scope?: string }, id: Platform): string {
  const platform = platformName(messagesFor("en"), id);
  switch (because) {
    case "scope": {
      const { whenForbidden: todo } = platformFacts(id);
      return `${platform} lacks the scope ${scope ?? "to ask"}${todo ? ` (${todo})` : ""}`;
    }
    case "no_access":
      return `${platform} does not let Coord see it (is Coord still a member there?)`;
    case "too_many":
      return "it has too many members to ask about";
    case "unsupported":
      return `${platform} cannot be asked`;
    case "no_answer":
      return `${platform} has not answered for two days`;
    case "not_asked":
    case "asking":
      return `${platform} has not answered yet (is Coord running?)`;
    default:
      return `${platform} does not say clearly`;
  }
}

function own(parts: CliParts): Check[] {
  const { runtime, config, pages } = parts;
  const { store } = runtime;
  return [
    { name: "node", run: async () => ({ ok: true, say: process.versions.node }) },
    {
      name: "folder",
      async run() {
        // Every start and every command closes it; whoever opened it since did so within this second.
        const opened = privateFolders([config.folder, config.dataDir]);
        return opened
          ? { ok: false, say: `${config.folder} was open to others until now: find out what opens it` }
          : { ok: true, say: `${config.dataDir}, for this user alone` };
      },
    },
    {
      name: "database",
      async run() {
        const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(
          store.owner,
        );
        return { ok: true, say: `${store.kind}, PostgreSQL ${rows[0]?.version}` };
      },
    },
    {
      name: "wall",
      async run() {
        const { rows } = await store.outside((tx) =>
          sql<{
            safe: boolean;
          }>`select not rolsuper and not rolbypassrls as safe from pg_roles where rolname = current_user`.execute(tx),
        );
        return rows[0]?.safe
          ? { ok: true, say: "work runs under a role that row-level security binds" }
          : { ok: false, say: "the role coord_app bypasses row-level security: take SUPERUSER and BYPASSRLS from it" };
      },
    },
    {
      name: "queue",
      async run() {
        await runtime.queues.ping();
        return { ok: true, say: runtime.queues.kind };
      },
    },
    {
      name: "keys",
      run: async () =>
        (await runtime.vault.check(store))
          ? { ok: true, say: "every data key opens" }
          : {
              ok: false,
              say: "COORD_SECRET_KEYS lacks the key that data was written with: put it back, behind the newest",
            },
    },
    {
      name: "bodies",
      async run() {
        const bodies = await store.outside((tx) => allBodies(tx));
        return bodies.length
          ? { ok: true, say: bodies.map((body) => body.slug).join(", ") }
          : { ok: false, say: 'none yet: coord init --name "Northern Coordination Body" --slug north' };
      },
    },
    {
      name: "agencies",
      async run() {
        const lonely: string[] = [];
        for (const body of await store.outside((tx) => allBodies(tx)))
          await store.inBody(body.id, async (tx) => {
            const focal = new Set(
              (await findPersons(tx, { role: "focal_point", activeOnly: true })).map((p) => p.agencyId),
            );
            lonely.push(
              ...(await agenciesOf(tx)).filter((a) => !a.observer && !focal.has(a.id)).map((a) => `@${a.handle}`),
            );
          });
        // No fault: the secretariat acts for such an agency. Worth knowing all the same.
        return {
          ok: true,
          say: lonely.length
            ? `without a focal point: ${lonely.join(", ")} (coord invite ${lonely[0]})`
            : "each has a focal point",
        };
      },
    },
    {
      name: "reminders",
      async run() {
        const late = subMinutes(runtime.clock.now(), LATE_MINUTES);
        let overdue = 0;
        for (const body of await store.outside((tx) => allBodies(tx)))
          overdue += await store.inBody(body.id, (tx) => countOverdue(tx, late));
        return overdue
          ? {
              ok: false,
              say: `${overdue} steps are over ${LATE_MINUTES} minutes late: is Coord running, and does the queue answer?`,
            }
          : { ok: true, say: "none is late" };
      },
    },
    {
      name: "held back",
      async run() {
        const held: string[] = [];
        for (const body of await store.outside((tx) => allBodies(tx)))
          held.push(...(await store.inBody(body.id, (tx) => heldBackIn(tx))).map((one) => `${body.slug}: ${one}`));
        return held.length
          ? {
              ok: false,
              say: `${held.join("; ")}. The others went on without; the log says "held_back", "reconciler.part" or "reminders.step" with the place`,
            }
          : { ok: true, say: "nothing" };
      },
    },
    {
      name: "focal points",
      async run() {
        const alone: string[] = [];
        for (const body of await store.outside((tx) => allBodies(tx)))
          alone.push(...(await store.inBody(body.id, undecided)).map((handle) => `@${handle} (${body.slug})`));
        return alone.length
          ? {
              ok: true,
              say: `none at ${alone.slice(0, MOST_NAMED).join(", ")}${alone.length > MOST_NAMED ? ` and ${alone.length - MOST_NAMED} more` : ""}: the secretariat acts for them; coord invite @… --role focal_point names one`,
            }
          : { ok: true, say: "every agency has one" };
      },
    },
    {
      name: "zones",
      async run() {
        const wrong = await wrongZones(store);
        return wrong.length
          ? {
              ok: false,
              say: `no such time zone: ${wrong.slice(0, MOST_NAMED).join(", ")}${wrong.length > MOST_NAMED ? ` and ${wrong.length - MOST_NAMED} more` : ""}. Until it is corrected (a person: settings zone:Europe/Athens) the agency's or the body's holds`,
            }
          : { ok: true, say: "each exists" };
      },
    },
    {
      name: "deliveries",
      async run() {
        let failed = 0;
        for (const body of await store.outside((tx) => allBodies(tx)))
          failed += Number(
            (
              await store.inBody(body.id, (tx) =>
                tx
                  .selectFrom("outbox")
                  .select((eb) => eb.fn.countAll<number>().as("count"))
                  .where("state", "=", "failed")
                  .executeTakeFirstOrThrow(),
              )
            ).count,
          );
        return failed
          ? { ok: false, say: `${failed} could not be delivered: coord outbox list` }
          : { ok: true, say: "none failed" };
      },
    },
    recordCheck(parts),
    {
      name: "operator",
      async run() {
        const { host, token } = config.admin;
        const where = pages ?? `ADMIN_HOST ${host}, once Coord runs`;
        return { ok: true, say: `pages on ${where}, ${token ? "with the ADMIN_TOKEN" : "from this machine alone"}` };
      },
    },
    {
      name: "channels",
      async run() {
        const unknown: string[] = [];
        let count = 0;
        let outside = 0;
        const now = runtime.clock.now();
        for (const body of await store.outside((tx) => allBodies(tx)))
          for (const conversation of await store.inBody(body.id, (tx) => boundConversations(tx))) {
            count++;
            const held = heldBackBy(conversation, now);
            if (conversation.audience === "outsiders") outside++;
            else if (held) unknown.push(`@${conversation.handle}: ${channelTrouble(held, conversation.platform)}`);
          }
        const read = outside ? `, ${outside} of them read by outsiders and hence TLP:CLEAR` : "";
        return unknown.length
          ? { ok: false, say: `TLP:CLEAR only where it is not known who reads: ${unknown.join("; ")}` }
          : { ok: true, say: count ? `${count} bound${read}` : "none bound yet" };
      },
    },
    {
      name: "platforms",
      run: async () => {
        const on = [
          ...config.platforms.map(({ platform }) => platformName(messagesFor("en"), platform)),
          config.mail && "mail",
          config.workbench && "workbench",
        ].filter(Boolean);
        return on.length
          ? { ok: true, say: on.join(", ") }
          : { ok: false, say: `none: set the ${variableForms()} variables, or COORD_DEMO=1` };
      },
    },
  ];
}

const MOST_NAMED = 8;

/** What one body holds back, by part: how many, since when, and the kind of the error. */
async function heldBackIn(tx: Tx): Promise<string[]> {
  const parts = await tx
    .selectFrom("held_back")
    .select((eb) => [
      "part",
      eb.fn.countAll<number>().as("count"),
      eb.fn.min("since").as("since"),
      eb.fn.min("code").as("code"),
    ])
    .groupBy("part")
    .orderBy("part")
    .execute();
  const steps = await tx
    .selectFrom("reminder_steps")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("held_until", "is not", null)
    .where("fired_at", "is", null)
    .executeTakeFirstOrThrow();
  return [
    ...parts.map(({ part, count, since, code }) => `${count} ${part} since ${since.toISOString()} (${code})`),
    ...(Number(steps.count) ? [`${steps.count} reminder`] : []),
  ];
}

/** Persons by id, since their names are nobody's business here. */
async function wrongZones({ owner }: Store): Promise<string[]> {
  const of = async <T extends { zone: string }>(rows: Promise<T[]>, name: (row: T) => string) =>
    (await rows).filter(({ zone }) => !isZone(zone)).map(name);
  return [
    ...(await of(owner.selectFrom("bodies").select(["slug", "zone"]).execute(), ({ slug }) => `body ${slug}`)),
    ...(await of(owner.selectFrom("agencies").select(["handle", "zone"]).execute(), ({ handle }) => `@${handle}`)),
    ...(await of(owner.selectFrom("persons").select(["id", "zone"]).execute(), ({ id }) => `person ${id}`)),
  ];
}
