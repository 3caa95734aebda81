import { type Edit, editAuthority } from "../../src/authorities/acts.js";
import { country, functions, ofAuthority, severalIn, state } from "../../src/authorities/args.js";
import type { Authority } from "../../src/authorities/model.js";
import { AUTHORITIES, urgentOf } from "../../src/authorities/store.js";
import { saidOf } from "../../src/authorities/views.js";
import { keyed, optional, ref, rest, version } from "../../src/command/args.js";
import { defineCommand, type Raws } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { checkSeen } from "../../src/items/kind.js";

/** With nothing to change it shows what the directory says, in a form. */
export const authorityedit = defineCommand({
  name: "authority-edit",
  group: "directory",
  summary: (t) => t.commands["authority-edit"],
  example: "authority edit A-55 phone:+33 1 55 50 01 01",
  may: "authority.write",
  args: {
    ref: ref(AUTHORITIES),
    seen: optional(version()),
    name: optional(rest({ label: (t) => t.args.authorityName, max: 200 })),
    country: keyed("country", country()),
    functions: { ...functions(), key: "functions", optional: true },
    state: keyed("state", state()),
    ...ofAuthority(),
  },
  allows: (c, ref) => AUTHORITIES.find(c, ref),
  async run(c, { ref, seen, networks, others, functions, ...rest }) {
    const authority = await AUTHORITIES.find(c, ref);
    checkSeen(authority, seen);
    const given = [networks, others, functions, ...Object.values(rest)];
    if (c.via !== "form" && given.every((value) => value === undefined))
      return c.form("authority-edit", await standing(authority, await urgentOf(c.work, authority)));
    const edit = { ...rest, functions, networks: severalIn(networks), otherNames: severalIn(others) };
    const changed = await editAuthority(c, authority, c.via === "form" ? emptied(edit) : edit);
    const said = saidOf(c.work, changed, authority, readerIn(c));
    return sentence(c, c.t.directory.changed({ ref: changed.ref, said }).trim());
  },
});

/** A form shows everything, so what comes back empty was emptied; a line says only what changes. */
const emptied = ({ state, ...edit }: Edit): Edit => ({
  ...{
    state,
    agency: edit.agency ?? null,
    name: edit.name,
    country: edit.country,
    countryName: edit.countryName,
    kind: edit.kind,
  },
  ...{ functions: edit.functions ?? [], langs: edit.langs ?? [], channels: edit.channels ?? [] },
  ...{ networks: edit.networks ?? [], otherNames: edit.otherNames ?? [] },
  ...{ phone: edit.phone ?? null, email: edit.email ?? null, address: edit.address ?? null },
  ...{ urgent: edit.urgent ?? null, hours: edit.hours ?? null, source: edit.source ?? null },
  requirements: edit.requirements ?? null,
});

const standing = async (one: Authority, urgent: string | undefined): Promise<Raws> => ({
  ...{
    ref: one.ref,
    seen: `v${one.version}`,
    name: one.name,
    country: one.country,
    countryName: one.countryName,
    state: one.state,
  },
  ...{ functions: one.functions.join(" "), kind: one.kind, phone: one.phone, email: one.email, urgent },
  ...{ langs: one.langs.join(" ") || undefined, hours: one.hours, channels: one.channels.join(" ") || undefined },
  ...{ address: one.address, requirements: one.requirements, networks: one.networks.join(" | ") || undefined },
  agency: one.agency && `@${one.agency.handle}`,
  ...{ others: one.otherNames.join(" | ") || undefined, source: one.source },
});
