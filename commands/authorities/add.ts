import { addAuthority } from "../../src/authorities/acts.js";
import { country, functions, ofAuthority, severalIn } from "../../src/authorities/args.js";
import { countryOf, saidOf } from "../../src/authorities/views.js";
import { rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";

export const authorityadd = defineCommand({
  name: "authority-add",
  group: "directory",
  summary: (t) => t.commands["authority-add"],
  example: "authority add FR Ministry of Justice, mutual assistance functions:mla langs:fr,en phone:+33 1 55 50 01 00",
  may: "authority.write",
  args: {
    country: country(),
    name: rest({ label: (t) => t.args.authorityName, max: 200 }),
    functions: { ...functions(), key: "functions" },
    ...ofAuthority(),
  },
  async run(
    c,
    { name, functions, kind = "central_authority", langs = [], channels = [], networks, others, agency, ...rest },
  ) {
    const facts = {
      ...{ ...rest, name, kind, functions, langs, channels },
      ...{ networks: severalIn(networks) ?? [], otherNames: severalIn(others) ?? [] },
    };
    const authority = await addAuthority(c, facts, agency);
    const country = countryOf(authority, c.person.lang);
    const said = saidOf(c.work, authority, undefined, readerIn(c));
    return sentence(c, c.t.directory.added({ ref: authority.ref, name: authority.name, country, said }));
  },
});
