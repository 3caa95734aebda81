import type { Option } from "../chat/index.js";
import { allOption } from "../command/args.js";
import type { Context } from "../command/define.js";
import { agencyOptionOf, partyOptionOf, personOptionOf, personValue } from "../command/meant.js";
import { toldApart } from "../command/which.js";
import { everyPart } from "../items/define.js";
import type { Agency } from "../people/model.js";
import { fold } from "../people/names.js";
import { agenciesOf, findPersons } from "../people/store.js";

/** As many as a platform shows at once. */
const MOST = 20;

/** What a lookup field offers for the letters typed so far; only what the person may know of this body. */
export async function suggest(c: Context, source: string, query: string): Promise<Option[]> {
  return apart(c, await offered(c, source, query));
}

async function offered(c: Context, source: string, query: string): Promise<Option[]> {
  switch (source) {
    case "agency":
      return fitting(await agencies(c, agencyOptionOf), query);
    case "person":
      return fitting(await people(c), query);
    case "colleague":
      return fitting(await people(c, c.person.agencyId), query);
    case "party":
      return fitting([...(await agencies(c, partyOptionOf)), ...(await people(c))], query);
    case "invited":
      return fitting([allOption(c), ...(await agencies(c, partyOptionOf, true)), ...(await people(c))], query);
    default:
      return (
        (await everyPart()
          .find(({ suggests }) => suggests?.[source])
          ?.suggests?.[source]?.(c, query)) ?? []
      );
  }
}

/** Observers are asked to no task, and come to a meeting if they are invited. */
const agencies = async (c: Context, option: (agency: Agency) => Option, observers = false): Promise<Option[]> =>
  (await agenciesOf(c.work.tx)).filter((agency) => observers || !agency.observer).map(option);

const people = async (c: Context, agencyId?: string): Promise<Option[]> =>
  (await findPersons(c.work.tx, { agencyId, activeOnly: true }))
    .filter((person) => person.roles.length)
    .map(personOptionOf);

function fitting(options: Option[], query: string): Option[] {
  const said = fold(query.replace(/^@/, ""));
  return options.filter((option) => fold(`${option.label} ${option.detail ?? ""}`).includes(said)).slice(0, MOST);
}

/** Namesakes of one agency would look alike in a list. */
async function apart(c: Context, options: Option[]): Promise<Option[]> {
  const shown = (option: Option) => `${option.label}\n${option.detail ?? ""}`;
  const alike = options.filter((one) => options.some((other) => other !== one && shown(other) === shown(one)));
  if (alike.length === 0) return options;
  const values = new Set(alike.map(({ value }) => value));
  const people = (await findPersons(c.work.tx, { activeOnly: true })).filter((one) => values.has(personValue(one)));
  const told = new Map((await toldApart(c, people)).map((option) => [option.value, option]));
  return options.map((option) => told.get(option.value) ?? option);
}
