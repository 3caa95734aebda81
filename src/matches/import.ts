import { record } from "../audit/record.js";
import type { Taker } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import { may } from "../policy/index.js";
import { Refusal } from "../refusal.js";
import { add, MATCH, withinQuota } from "./acts.js";
import { readImport } from "./csv.js";
import { tellAsked } from "./silent.js";

/** More faults than these are not read by anybody. */
const MOST_FAULTS = 20;

/** A list of identifiers, all of it or nothing: each row with a fault is named by its line, never by what it says. */
export const takeList: Taker = async (work, person, _agencyId, { bytes }) => {
  const t = messagesFor(person.lang);
  if (!may(person, "match.use")) return t.errors.notAllowed({ roles: [t.roles.staff, t.roles.focal_point] });
  const { rows, faults } = readImport(new TextDecoder().decode(bytes), { country: person.agency.country ?? undefined });
  if (faults.length) {
    const lines = faults.slice(0, MOST_FAULTS).map(({ line, code, column }) => t.matches.fault({ line, code, column }));
    const more = faults.length - lines.length;
    return [...lines, ...(more > 0 ? [t.inbox.more({ count: more })] : [])].join(" ");
  }
  try {
    await withinQuota(work, person, rows);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await record(work, {
      action: "refused",
      actorId: person.id,
      code: error.code ?? "input",
      detail: { type: "import" },
    });
    return error.say(t);
  }
  for (const row of rows) await add(work, person, row);
  if (rows.some(({ silent }) => silent)) await tellAsked(work, person.agencyId);
  await record(work, {
    action: "match.imported",
    actorId: person.id,
    item: { kind: MATCH, id: person.agencyId },
    detail: { rows: rows.length },
  });
  return undefined;
};
