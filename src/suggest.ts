import { agencyOptionOf, allOption, personOptionOf } from "./args.js";
import type { Option } from "./chat/index.js";
import type { Context } from "./command.js";
import { fold } from "./people/names.js";
import { agenciesOf, findPersons } from "./people/store.js";

/** As many as a platform shows at once. */
const MOST = 20;

/** What a lookup field offers for the letters typed so far; only what the person may know of this body. */
export async function suggest(c: Context, source: string, query: string): Promise<Option[]> {
  switch (source) {
    case "agency":
      return fitting(await agencies(c), query);
    case "person":
      return fitting(await people(c), query);
    case "colleague":
      return fitting(await people(c, c.person.agencyId), query);
    case "party":
      return fitting([...(await agencies(c)), ...(await people(c))], query);
    case "invited":
      return fitting([allOption(c), ...(await agencies(c, true)), ...(await people(c))], query);
    default:
      return [];
  }
}

/** Observers are asked to no task, and come to a meeting if they are invited. */
const agencies = async (c: Context, observers = false): Promise<Option[]> =>
  (await agenciesOf(c.work.tx)).filter((agency) => observers || !agency.observer).map(agencyOptionOf);

const people = async (c: Context, agencyId?: string): Promise<Option[]> =>
  (await findPersons(c.work.tx, { agencyId, activeOnly: true }))
    .filter((person) => person.roles.length)
    .map(personOptionOf);

function fitting(options: Option[], query: string): Option[] {
  const said = fold(query.replace(/^@/, ""));
  return options.filter((option) => fold(`${option.label} ${option.detail ?? ""}`).includes(said)).slice(0, MOST);
}
