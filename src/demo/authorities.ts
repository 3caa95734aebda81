import { randomUUID } from "node:crypto";
import type { Insertable } from "kysely";
import { columnsOf } from "../authorities/acts.js";
import type { AuthorityFunction } from "../authorities/functions.js";
import { AUTHORITY, type AuthorityFacts, type AuthorityKind } from "../authorities/model.js";
import type { Person } from "../people/model.js";
import type { AuthorityRow, AuthorityRuleRow } from "../store/authority-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf, plusDays } from "../time/index.js";

/**
 * More than two hundred authorities of ten States that do not exist, under codes that ISO 3166-1 leaves to its users; numbers that
 * nobody has (+888 belongs to no country) and addresses of a domain that is for examples (RFC 2606).
 */
const STATES: readonly { code: string; name: string; langs: readonly string[] }[] = [
  { code: "XN", name: "Norland", langs: ["en"] },
  { code: "XS", name: "Sudmark", langs: ["fr", "en"] },
  { code: "XE", name: "Estavia", langs: ["ru", "en"] },
  { code: "XW", name: "Westmar", langs: ["es"] },
  { code: "XD", name: "Kaldoria", langs: ["ar", "fr"] },
  { code: "XV", name: "Varenia", langs: ["en", "fr"] },
  { code: "XL", name: "Lumeria", langs: ["pt", "en"] },
  { code: "XO", name: "Ostvia", langs: ["de", "en"] },
  { code: "XM", name: "Meridia", langs: ["zh", "en"] },
  { code: "XT", name: "Taldova", langs: ["tr", "en"] },
];

type Row = {
  name: string;
  functions: readonly AuthorityFunction[];
  kind?: AuthorityKind;
  urgent?: true;
  /** The cases that it takes of the first of its competences. */
  rule?: Pick<AuthorityRuleRow, "stage" | "urgent">;
};

/** What a State has, in the order of their numbers. */
const OFFICES: readonly Row[] = [
  { name: "Ministry of Justice, mutual assistance", functions: ["mla", "joint_investigations"] },
  { name: "Ministry of Justice, extradition", functions: ["extradition"] },
  { name: "Prison Service, transfers", functions: ["transfer_sentenced_persons"] },
  {
    name: "Coast Guard operations centre",
    functions: ["smuggling_by_sea", "drugs_by_sea"],
    urgent: true,
    rule: { stage: null, urgent: true },
  },
  { name: "Ship Registry", functions: ["smuggling_by_sea"] },
  {
    name: "National Police, contact point",
    functions: ["law_enforcement_cooperation"],
    kind: "contact_point",
    urgent: true,
    rule: { stage: null, urgent: true },
  },
  { name: "Border Police, direct line", functions: ["border_control"], kind: "contact_point", urgent: true },
  { name: "Passport Office, verification", functions: ["travel_documents"], kind: "executing_authority" },
  {
    name: "Organised Crime Prosecution",
    functions: ["special_techniques", "joint_investigations"],
    kind: "executing_authority",
  },
  { name: "Witness Protection Unit", functions: ["witness_protection"], kind: "executing_authority", urgent: true },
  { name: "Immigration Service, permits", functions: ["immigration"], kind: "executing_authority" },
  { name: "Immigration Service, returns", functions: ["readmission"], kind: "executing_authority" },
  { name: "Asylum Office", functions: ["asylum"], kind: "executing_authority" },
  { name: "Child Protection Authority", functions: ["child_protection"], kind: "executing_authority", urgent: true },
  { name: "Rescue Coordination Centre", functions: ["rescue"], kind: "contact_point", urgent: true },
  { name: "Asset Recovery Office", functions: ["asset_recovery"] },
  { name: "Firearms Focal Point", functions: ["firearms"], kind: "contact_point" },
  { name: "Anti-Corruption Authority", functions: ["corruption"] },
  { name: "Liaison officer", functions: ["law_enforcement_cooperation"], kind: "liaison_officer" },
  { name: "Consulate", functions: ["readmission"], kind: "consulate" },
  {
    name: "Court of Appeal, international assistance",
    functions: ["mla"],
    kind: "executing_authority",
    rule: { stage: "trial", urgent: false },
  },
];

/** Days since somebody checked: most lately, some long ago, some never. */
const CHECKED: readonly (number | undefined)[] = [40, 120, 200, 420, 300, 60, 800, undefined];

export async function addAuthorities(work: UnitOfWork, { id: editor, agency: keeper }: Person): Promise<void> {
  const all = OFFICES.flatMap((office) => STATES.map((state) => ({ office, state })));
  const numbers = await work.nextOf(AUTHORITY, all.length);
  const today = dayOf(work.now, work.body.zone);
  const rows: Insertable<AuthorityRow>[] = [];
  for (const [n, { office, state }] of all.entries()) {
    const ago = CHECKED[n % CHECKED.length];
    rows.push({
      ...{ id: randomUUID(), number: numbers[n] as number, keeper_id: keeper.id, created_at: work.now },
      ...(await columnsOf(work, factsOf(office, state, n))),
      verified_on: ago === undefined ? null : plusDays(today, -ago),
    });
  }
  await work.tx.insertInto("authorities").values(rows).execute();
  const rules = all.flatMap(({ office: { rule, functions } }, n) =>
    rule
      ? [
          {
            ...{ id: randomUUID(), authority_id: rows[n]?.id ?? "", function: functions[0] ?? "", ...rule },
            ...{ matter: null, region: null, added_by: editor, added_at: work.now },
          },
        ]
      : [],
  );
  await work.tx.insertInto("authority_rules").values(rules).execute();
}

function factsOf(office: Row, { code, name, langs }: (typeof STATES)[number], n: number): AuthorityFacts {
  const line = String(1000 + n);
  return {
    ...{ name: `${office.name} (${name})`, otherNames: [], country: code, countryName: name },
    ...{ functions: office.functions, kind: office.kind ?? "central_authority" },
    phone: `+888 555 ${line}`,
    email: `desk${line}@${name.toLowerCase()}.example`,
    ...(office.urgent ? { urgent: `+888 555 9${line.slice(1)}, day and night` } : {}),
    ...{ hours: "Mon–Fri 08:00–16:00", langs, networks: [], source: "Made up for the demo" },
    channels: office.urgent ? ["secure_mail", "interpol"] : ["post", "diplomatic"],
  };
}
