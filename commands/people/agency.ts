import { agency as agencyArg, choice, keyed, optional, rest, text } from "../../src/command/args.js";
import type { Arg, Context, Raws } from "../../src/command/define.js";
import { defineCommand } from "../../src/command/define.js";
import { agencyNamed } from "../../src/command/meant.js";
import { offered, sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { HANDLE, LONGEST_AGENCY_NAME, newAgency } from "../../src/people/agency.js";
import { MANDATES } from "../../src/people/mandates.js";
import type { Agency } from "../../src/people/model.js";
import { setAgency } from "../../src/people/set-agency.js";
import { agencyLine } from "../../src/people/views.js";
import { may, rolesFor } from "../../src/policy/index.js";
import { showWeekdays } from "../../src/time/week-words.js";

/** A form shows what holds now, so that one thing is changed and the others stay. */
const now = (key: string, said: Arg<string>, show: (agency: Agency, c: Context) => string) =>
  keyed(key, {
    ...said,
    field: async (c: Context, raw: string | undefined, raws: Raws) =>
      said.field(c, raw ?? show(await meant(c, raws.agency), c), raws),
  });

const meant = async (c: Context, said: string | undefined): Promise<Agency> =>
  (said && (await agencyNamed(c, said))) || c.person.agency;

/** When an agency works, shown or changed. Reminders, digests and dates of meetings follow it. */
export const agency = defineCommand({
  name: "agency",
  group: "people",
  summary: (t) => t.commands.agency,
  example: "agency @labour hours:08:00-16:00 days:Sun-Thu closed:2026-12-24",
  may: "people.see",
  formOnButton: true,
  args: {
    agency: { ...optional(agencyArg({ label: (t) => t.args.agencyLabel })), given: true as const },
    name: now("name", text({ label: (t) => t.args.agencyName, max: LONGEST_AGENCY_NAME }), ({ name }) => name),
    days: {
      ...now(
        "days",
        text({ label: (t) => t.args.weekdays, hint: (t) => t.args.weekdaysHint, max: 80 }),
        ({ week }, { person }) => showWeekdays(week.days, person.lang),
      ),
      list: true as const,
    },
    hours: now(
      "hours",
      text({ label: (t) => t.args.hours, hint: (t) => t.args.hoursHint, max: 30 }),
      ({ week }) => `${week.from}-${week.to}`,
    ),
    zone: now("zone", text({ label: (t) => t.args.zone, max: 60 }), ({ zone }) => zone),
    country: now(
      "country",
      text({ label: (t) => t.args.holidayCountry, hint: (t) => t.args.holidayCountryHint, max: 40 }),
      ({ week }) => week.country ?? "none",
    ),
    closed: {
      ...keyed("closed", text({ label: (t) => t.args.closed, hint: (t) => t.args.closedHint, max: 500 })),
      list: true as const,
    },
    open: {
      ...keyed("open", text({ label: (t) => t.args.open, hint: (t) => t.args.openHint, max: 500 })),
      list: true as const,
    },
  },
  async run(c, { agency = c.person.agency, ...said }) {
    const { work, person, t } = c;
    const line = (one: Agency) => agencyLine(one, t, person.lang, work.now);
    const changes = Object.values(said).some((value) => value !== undefined);
    const mine = may(person, "agency.settings", agency.id);
    if (changes && !mine && !may(person, "agency.settings"))
      refuse((m) => m.errors.notAllowed({ roles: rolesFor("agency.settings").map((role) => m.roles[role]) }));
    if (changes && !mine) refuse((m) => m.errors.notOwnAgency, "agency.settings");
    if (changes) return sentence(c, line(await setAgency(work, agency, said, person)));
    return mine ? withButton(c, line(agency), agency) : sentence(c, line(agency));
  },
});

function withButton(c: Context, text: string, agency: Agency) {
  const { t, work, person } = c;
  const value = `${work.body.slug}/@${agency.handle}`;
  return {
    private: true as const,
    post: {
      text,
      lang: person.lang,
      blocks: [
        { type: "text" as const, text },
        {
          type: "actions" as const,
          actions: [{ type: "button" as const, id: "agency", label: t.agencies.change, value, opens: true as const }],
        },
      ],
    },
  };
}

/** The coordinator's; what it is not told the new agency has from the body. */
export const agencyadd = defineCommand({
  name: "agency-add",
  group: "desk",
  summary: (t) => t.commands["agency-add"],
  example: "agency add @customs Customs Service mandate:border",
  may: "agency.add",
  args: {
    handle: text({ label: (t) => t.args.handle, hint: (t) => t.args.handleHint, max: 33 }),
    mandate: keyed(
      "mandate",
      choice({ label: (t) => t.args.mandate, values: MANDATES, show: (t, one) => t.agencies.mandates[one] }),
    ),
    name: rest({ label: (t) => t.args.agencyName, max: LONGEST_AGENCY_NAME }),
  },
  async run(c, { handle: said, name, mandate }) {
    const { t, work, person } = c;
    const handle = said.replace(/^@/, "").toLowerCase();
    if (!HANDLE.test(handle)) refuse((m) => m.errors.handle({ said: said.slice(0, 40) }));
    const made = await newAgency(work, { handle, name, mandate }, person);
    const text = t.agencies.made({ handle, name: made.name });
    const value = `${work.body.slug}/for:@${handle}`;
    const label = t.agencies.invite({ agency: made.name });
    return offered(c, text, [{ type: "button", id: "add", label, value, style: "primary" }]);
  },
});
