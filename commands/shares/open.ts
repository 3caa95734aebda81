import { choice, optional, ref, text } from "../../src/command/args.js";
import { type Context, defineCommand, type Raws } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { open as openShare } from "../../src/shares/acts/opening.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { conditionsOf } from "../../src/shares/content.js";
import { PURPOSES, type Share } from "../../src/shares/model.js";
import { accepted } from "../../src/shares/openings.js";
import { SHARES } from "../../src/shares/store.js";
import { contentForm } from "../../src/shares/views.js";

/** One dialog: the conditions and a purpose, then what it says. Confirmed once a person and share, again after tightening. */
export const open = defineCommand({
  name: "open",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.open,
  submit: (t) => t.information.buttons.accept,
  example: "open I-31",
  intro: conditionsFor,
  live: async (c, raws) => (await meant(c, raws))?.id,
  args: {
    ref: ref(SHARES),
    purpose: optional({
      ...choice({ label: (t) => t.args.purpose, values: PURPOSES, show: (t, value) => t.information.purposes[value] }),
      shape: "form" as const,
    }),
    // Which conditions the form shows: what was tightened since is shown anew, not accepted unseen.
    shown: optional({
      ...text({ label: (t) => t.args.purpose, max: 10 }),
      shape: "form" as const,
      given: true as const,
      silent: true as const,
    }),
  },
  allows: (c, ref) => findShare(c, ref, "open"),
  async run(c, { ref, purpose, shown }) {
    const share = await findShare(c, ref, "open");
    const ours = share.providerAgency.id === c.person.agencyId;
    const now = String(share.conditions);
    if (!ours && (purpose ? shown !== now : !(await accepted(c.work, share, c.person.id))))
      return c.form("open", { ref: share.ref, purpose: purpose ?? PURPOSES[0], shown: now });
    if (!share.written) refuse((t) => t.errors.shareEmpty({ ref: share.ref }));
    await openShare(c, share, purpose);
    return { form: await contentForm(c.work, share, readerIn(c)) };
  },
});

async function conditionsFor(c: Context, raws: Raws) {
  const share = await meant(c, raws);
  return share && conditionsOf(c.work, share, readerIn(c));
}

/** @throws Refusal when it may not be opened: its conditions are not shown either */
async function meant(c: Context, raws: Raws): Promise<Share | undefined> {
  const reference = raws.ref ? parseReference(raws.ref) : undefined;
  return reference?.kind === SHARES.kind ? findShare(c, reference, "open") : undefined;
}
