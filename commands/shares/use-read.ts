import { recordAct } from "../../src/audit/record.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { agenciesById, personsById } from "../../src/people/store.js";
import { findUse } from "../../src/shares/acts/using.js";
import { USES } from "../../src/shares/use-requests.js";
import { useForm } from "../../src/shares/views.js";

export const useread = defineCommand({
  name: "use-read",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["use-read"],
  example: "use read U-3",
  args: { ref: ref(USES) },
  async run(c, { ref }) {
    const { request } = await findUse(c, ref);
    const { work } = c;
    const agencies = await agenciesById(
      work.tx,
      request.recipients.map(({ agencyId }) => agencyId),
    );
    const persons = await personsById(
      work.tx,
      request.recipients.flatMap(({ personId }) => (personId ? [personId] : [])),
    );
    const names = request.recipients.map(({ agencyId, personId }) =>
      [personId && persons.get(personId)?.name, agencies.get(agencyId)?.name].filter(Boolean).join(", "),
    );
    const { authorityId } = request.cooperation ?? {};
    const authority = authorityId && names.length === 0 ? await AUTHORITIES.byId(work, authorityId) : undefined;
    const whom = authority ? [authority.name] : names;
    await recordAct(c, {
      action: "use.read",
      item: { kind: "use_request", id: request.id, ref: request.ref },
    });
    return { form: await useForm(work, request, whom, readerIn(c)) };
  },
});
