import type { ListItem } from "../../src/chat/index.js";
import { agency as agencyArg, optional, page } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { type Part, pageFoot, pageOf } from "../../src/command/pages.js";
import type { Agency } from "../../src/people/model.js";
import { officerOf } from "../../src/people/officer.js";
import { platformName } from "../../src/people/platform-name.js";
import { accountsOf, agenciesOf, findPersons, onDuty } from "../../src/people/store.js";
import { showAt } from "../../src/time/display.js";

/** Who is there and how to reach them; who is on duty stands first. */
export const who = defineCommand({
  name: "who",
  group: "people",
  summary: (t) => t.commands.who,
  example: "who @border",
  may: "people.see",
  args: { agency: optional(agencyArg({ label: (t) => t.args.agencyLabel })), page: page() },
  async run(c, { agency, page: at = 1 }) {
    const { t, work, person } = c;
    const title = agency ? t.people.who({ agency: agency.name }) : work.body.name;
    const { items, part } = agency ? await peopleOf(c, agency, at) : await agenciesPage(c, at);
    return {
      private: true,
      post: {
        text: title,
        lang: person.lang,
        blocks: [
          { type: "heading", text: title },
          items.length ? { type: "list", items } : { type: "text", text: t.people.nobody },
          ...pageFoot(t, work.body.slug, {
            ...part,
            again: { id: "who", words: [agency && `@${agency.handle}`] },
          }),
        ],
      },
    };
  },
});

const PAGE = 20;

async function agenciesPage(c: Context, at: number): Promise<{ items: ListItem[]; part: Part }> {
  const { items: agencies, part } = pageOf(await agenciesOf(c.work.tx), at, PAGE);
  const items: ListItem[] = [];
  for (const one of agencies) items.push(await summaryOf(c, one));
  return { items, part };
}

async function peopleOf(c: Context, agency: Agency, at: number): Promise<{ items: ListItem[]; part: Part }> {
  const { t, work } = c;
  const dataOfficer = await officerOf(work.tx, agency.id);
  const duty = new Set((await onDuty(work.tx, agency.id, work.now)).map((person) => person.id));
  const people = (await findPersons(work.tx, { agencyId: agency.id, activeOnly: true })).filter((p) => p.roles.length);
  const rank = (id: string, focal: boolean) => (duty.has(id) ? 0 : focal ? 1 : 2);
  people.sort((a, b) => rank(a.id, a.roles.includes("focal_point")) - rank(b.id, b.roles.includes("focal_point")));
  const { items: shown, part } = pageOf(people, at, PAGE);
  const items = await Promise.all(
    shown.map(async (person) => {
      const absence = await absenceOf(c, person.id);
      const accounts = await accountsOf(work.tx, person.id);
      const platforms = [...new Set(accounts.map(({ platform }) => platformName(t, platform)))].join(", ");
      const notes = [
        ...(duty.has(person.id) ? [t.people.onDuty] : []),
        ...(absence ? [absence] : []),
        ...(dataOfficer?.id === person.id ? [t.people.dataOfficer] : []),
      ];
      return {
        title: [{ bold: person.name }, ` · ${person.roles.map((role) => t.roles[role]).join(", ")}`],
        detail: [...notes, t.people.reach({ platforms, phone: person.phone ?? undefined })].filter(Boolean).join(" · "),
      };
    }),
  );
  return { items, part };
}

async function summaryOf(c: Context, agency: Agency): Promise<ListItem> {
  const { t, work } = c;
  const [duty, focal] = [
    await onDuty(work.tx, agency.id, work.now),
    await findPersons(work.tx, { agencyId: agency.id, role: "focal_point", activeOnly: true }),
  ];
  const names = duty.length ? duty.map((p) => `${p.name} (${t.people.onDuty})`) : focal.map((p) => p.name);
  return { title: [{ bold: agency.name }, ` @${agency.handle}`], detail: names.join(", ") || t.people.nobody };
}

async function absenceOf({ work, t, person: reader }: Context, personId: string): Promise<string | undefined> {
  const row = await work.tx
    .selectFrom("absences")
    .leftJoin("persons", "persons.id", "absences.deputy_id")
    .select(["until_at", "persons.name as deputy"])
    .where("person_id", "=", personId)
    .where("from_at", "<=", work.now)
    .where("until_at", ">", work.now)
    .executeTakeFirst();
  return (
    row &&
    t.people.away({
      until: showAt(work, reader, row.until_at),
      deputy: row.deputy ?? undefined,
    })
  );
}
