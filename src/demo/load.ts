import { randomUUID } from "node:crypto";
import { addDays, subDays, subHours } from "date-fns";
import type { AccountRef } from "../chat/index.js";
import { addAgency, initBody } from "../cli/setup.js";
import type { Context } from "../command/define.js";
import { bindConversation } from "../conversations/store.js";
import { messagesFor } from "../i18n/index.js";
import { addPerson } from "../people/enrol.js";
import type { Mandate } from "../people/mandates.js";
import type { Person } from "../people/model.js";
import { allBodies, findAgency, findPersons } from "../people/store.js";
import type { Role } from "../policy/index.js";
import type { Runtime } from "../runtime/runtime.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { ask, block, close, comment, finish, give } from "../tasks/acts.js";
import { dayOf, plusDays } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import { addAuthorities } from "./authorities.js";
import { addMeetings } from "./meetings.js";
import { workAt } from "./moment.js";
import { addRequests } from "./requests.js";
import { addSheets } from "./sheets.js";

/** A fictional coordination body, so that anybody can try Coord with no Slack and no Teams. No country, no real person. */
const SLUG = "northgate";
const ZONE = "Europe/Athens";

type DemoAgency = {
  handle: string;
  name: string;
  mandate: Mandate;
  flavour: "slack" | "teams";
  lang?: string;
  days?: string;
  observer?: true;
};

const AGENCIES: DemoAgency[] = [
  { handle: "secretariat", name: "Secretariat", mandate: "other", flavour: "slack" },
  { handle: "police", name: "National Police", mandate: "law_enforcement", flavour: "slack" },
  { handle: "border", name: "Border Guard", mandate: "border", flavour: "slack" },
  { handle: "labour", name: "Labour Inspectorate", mandate: "labour", flavour: "teams" },
  { handle: "immigration", name: "Immigration Service", mandate: "immigration", flavour: "teams", lang: "fr" },
  // On neither platform: the secretariat acts for it.
  { handle: "prosecution", name: "Public Prosecution", mandate: "prosecution", flavour: "teams" },
  { handle: "justice", name: "Ministry of Justice", mandate: "prosecution", flavour: "slack" },
  // Of another State, which is asked for cooperation and asks for it.
  { handle: "sudpolice", name: "Sudmark Police", mandate: "law_enforcement", flavour: "teams" },
  { handle: "sudjustice", name: "Sudmark Ministry of Justice", mandate: "prosecution", flavour: "teams", lang: "fr" },
  { handle: "harbour", name: "Safe Harbour (NGO)", mandate: "civil_society", flavour: "slack" },
  {
    handle: "iom",
    name: "IOM liaison office",
    mandate: "international_organisation",
    flavour: "teams",
    observer: true,
  },
];

type DemoPerson = { user: string; name: string; agency: string; roles: Role[]; phone?: string };

const PEOPLE: DemoPerson[] = [
  { user: "maria", name: "Maria Levidi", agency: "police", roles: ["focal_point", "staff"], phone: "+30 555 0101" },
  { user: "petros", name: "Petros Anagnos", agency: "police", roles: ["staff"] },
  { user: "jonas", name: "Jonas Brandt", agency: "border", roles: ["focal_point", "staff"], phone: "+30 555 0202" },
  { user: "eleni", name: "Eleni Kastri", agency: "labour", roles: ["focal_point", "staff"] },
  { user: "omar", name: "Omar Rashad", agency: "labour", roles: ["staff"] },
  { user: "amelie", name: "Amélie Roussel", agency: "immigration", roles: ["focal_point", "staff"] },
  { user: "sofia", name: "Sofia Lindqvist", agency: "secretariat", roles: ["coordinator", "focal_point"] },
  { user: "nikos", name: "Nikos Damaskos", agency: "secretariat", roles: ["rapporteur"] },
  { user: "grace", name: "Grace Okoro", agency: "harbour", roles: ["focal_point", "staff"] },
  { user: "petra", name: "Petra Vance", agency: "justice", roles: ["staff"] },
  { user: "pavel", name: "Pavel Orsic", agency: "justice", roles: ["focal_point", "staff"] },
  { user: "sami", name: "Sami Haddad", agency: "sudpolice", roles: ["focal_point", "staff"], phone: "+888 555 0303" },
  { user: "leila", name: "Leila Mansour", agency: "sudjustice", roles: ["focal_point", "staff"] },
  { user: "aisha", name: "Aisha Warsame", agency: "iom", roles: ["observer"] },
];

/** Made once, and never beside a body of somebody's own; the second start finds yesterday's. */
export async function loadDemo(runtime: Runtime): Promise<void> {
  const bodies = await runtime.store.outside((tx) => allBodies(tx));
  if (bodies.length > 0) return;
  await initBody(runtime, { name: "Northgate Coordination Body", slug: SLUG, zone: ZONE, lang: "en" });
  for (const { handle, ...agency } of AGENCIES) await addAgency(runtime, handle, { ...agency, body: SLUG });
  const body = (await runtime.store.outside((tx) => allBodies(tx))).find(({ slug }) => slug === SLUG);
  if (!body) throw new Error("the demo body is gone");
  await runtime.inBody(body.id, async (work) => {
    await addPeople(work);
    await bindChannels(work);
    await addTasks(work);
    const sofia = await named(work, "Sofia Lindqvist");
    await addAuthorities(work, sofia);
    await addSheets(work, sofia.agency);
    await addRequests(
      work,
      {
        maria: await named(work, "Maria Levidi"),
        jonas: await named(work, "Jonas Brandt"),
        petra: await named(work, "Petra Vance"),
        pavel: await named(work, "Pavel Orsic"),
        sami: await named(work, "Sami Haddad"),
        leila: await named(work, "Leila Mansour"),
      },
      as,
    );
    await addMeetings(work, {
      people: {
        maria: await named(work, "Maria Levidi"),
        jonas: await named(work, "Jonas Brandt"),
        eleni: await named(work, "Eleni Kastri"),
        sofia: await named(work, "Sofia Lindqvist"),
        amelie: await named(work, "Amélie Roussel"),
        grace: await named(work, "Grace Okoro"),
      },
      zone: ZONE,
      as,
    });
  });
}

async function addPeople(work: UnitOfWork): Promise<void> {
  for (const one of PEOPLE) {
    const agency = await findAgency(work.tx, one.agency);
    const [role = "staff", ...more] = one.roles;
    if (!agency) throw new Error(`no demo agency ${one.agency}`);
    const person = await addPerson(work, { account: accountOf(one), name: one.name, agencyId: agency.id, role });
    for (const extra of more) await work.tx.insertInto("roles").values({ person_id: person.id, role: extra }).execute();
    await work.tx
      .updateTable("persons")
      .set({ phone: one.phone ?? null })
      .where("id", "=", person.id)
      .execute();
  }
  const jonas = await named(work, "Jonas Brandt");
  await work.tx
    .insertInto("duties")
    .values({
      id: randomUUID(),
      agency_id: jonas.agencyId,
      person_id: jonas.id,
      from_at: subHours(work.now, 1),
      until_at: addDays(work.now, 7),
    })
    .execute();
}

async function bindChannels(work: UnitOfWork): Promise<void> {
  for (const { handle, flavour } of AGENCIES) {
    const agency = await findAgency(work.tx, handle);
    if (!agency || agency.represented) continue;
    const conversation = {
      platform: "web" as const,
      tenant: `${flavour}:${handle}`,
      id: `channel:${handle}`,
      kind: "channel" as const,
    };
    await bindConversation(work, conversation, agency.id);
  }
}

/** A few tasks in every state, made through the very acts that people use. */
async function addTasks(work: UnitOfWork): Promise<void> {
  const [maria, jonas, eleni, omar, sofia, amelie] = await Promise.all(
    ["Maria Levidi", "Jonas Brandt", "Eleni Kastri", "Omar Rashad", "Sofia Lindqvist", "Amélie Roussel"].map((name) =>
      named(work, name),
    ),
  );
  if (!maria || !jonas || !eleni || !omar || !sofia || !amelie) throw new Error("a demo person is missing");
  /** So many days from now at five in the afternoon, when most deadlines fall. */
  const at = (days: number) => ({
    at: resolve({ ...splitDay(plusDays(dayOf(work.now, ZONE), days)), hour: 17, minute: 0 }, ZONE).at,
    zone: ZONE,
  });
  const earlier = workAt(work, subDays(work.now, 6));

  const late = await ask(as(earlier, jonas), {
    lead: eleni.agency,
    title: "List seasonal work permits for the border districts",
    due: at(-1),
  });
  await give(as(earlier, eleni), late, omar);
  const done = await ask(as(earlier, maria), {
    lead: jonas.agency,
    title: "Share the shift plan for the northern crossing",
    due: at(1),
  });
  await finish(
    as(work, jonas),
    await give(as(earlier, jonas), done, jonas),
    "Plan for December sent to the duty desk.",
  );
  const blocked = await ask(as(earlier, sofia), {
    lead: amelie.agency,
    title: "Name a contact for document checks",
    due: at(3),
    priority: "urgent",
  });
  await block(as(work, amelie), await give(as(work, amelie), blocked, amelie), "The post is vacant until Monday.");
  const closed = await ask(as(earlier, sofia), {
    lead: maria.agency,
    title: "Confirm the contact list",
    due: at(-2),
  });
  await close(as(work, sofia), await finish(as(earlier, maria), closed, "List confirmed."));
  const open = await ask(as(work, jonas), {
    lead: maria.agency,
    title: "Check three lorries seen near the old customs post",
    due: at(2),
    priority: "urgent",
  });
  await comment(as(work, jonas), open, "Two of the plates are known to us; see the duty log.");
}

const as = (work: UnitOfWork, person: Person): Context => ({
  work,
  person,
  t: messagesFor(person.lang),
  conversation: { platform: "web", tenant: "demo", id: "demo", kind: "personal" },
  ceiling: "GREEN",
  via: "text",
  mentions: [],
  viewer: person,
  bodies: [work.body.id],
  form: async () => undefined,
});

async function named(work: UnitOfWork, name: string): Promise<Person> {
  const person = (await findPersons(work.tx, {})).find((one) => one.name === name);
  if (!person) throw new Error(`no demo person ${name}`);
  return person;
}

const accountOf = ({ user, agency }: { user: string; agency: string }): AccountRef => {
  const { flavour = "slack" } = AGENCIES.find(({ handle }) => handle === agency) ?? {};
  return { platform: "web", tenant: `${flavour}:${agency}`, user };
};
