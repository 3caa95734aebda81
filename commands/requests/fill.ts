import { optional, ref, version } from "../../src/command/args.js";
import { type Context, defineCommand, type Raws } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { readerIn } from "../../src/command/reply.js";
import { checkSeen } from "../../src/items/kind.js";
import { refuse } from "../../src/lib/refusal.js";
import { fillRequest, findToFill, supplement } from "../../src/requests/acts/writing.js";
import { asksOf, fieldsIn, filledIn, part, standingIn } from "../../src/requests/args.js";
import { fieldName } from "../../src/requests/checks.js";
import type { CoopRequest } from "../../src/requests/model.js";
import { REQUESTS } from "../../src/requests/store.js";
import { checkOf } from "../../src/requests/views.js";

/** One dialog of the writer, or one field alone; what is missing after it is said again. */
export const requestfill = defineCommand({
  name: "request-fill",
  group: "requests",
  summary: (t) => t.commands["request-fill"],
  example: "request fill R-9 2",
  may: "request.use",
  submit: (t) => t.requests.buttons.keep,
  args: {
    ref: ref(REQUESTS),
    // Which draft the dialog shows: what somebody else wrote meanwhile is not written over.
    seen: optional(version()),
    part: optional(part()),
  },
  asks: async (c, raws) => {
    const one = await meant(c, raws);
    return one ? asksOf(one, raws.part ?? "1") : {};
  },
  allows: (c, ref) => findToFill(c, ref),
  async run(c, { ref, seen, part = "1", ...given }) {
    const one = await findToFill(c, ref);
    if (fieldsIn(one, part).length === 0) refuse((t) => t.errors.requestNoPart({ ref: one.ref }));
    if (c.via !== "form")
      return c.form("request-fill", { ref: one.ref, part, seen: `v${one.version}`, ...standingIn(c, one, part) });
    checkSeen(one, seen);
    const filled = filledIn(one, part, given);
    if (!one.subject.sent)
      return { private: true, post: await checkOf(c.work, await fillRequest(c, one, filled), readerIn(c)) };
    const { changed, kept } = await supplement(c, one, filled);
    const message = await checkOf(c.work, changed, readerIn(c));
    if (kept.length === 0) return { private: true, post: message };
    const text = c.t.requests.keptAsSent({ fields: kept.map((id) => fieldName(c.t, id)) });
    return { private: true, post: { ...message, blocks: [{ type: "text", text }, ...message.blocks] } };
  },
});

async function meant(c: Context, raws: Raws): Promise<CoopRequest | undefined> {
  const reference = raws.ref ? parseReference(raws.ref) : undefined;
  return reference?.kind === REQUESTS.kind ? findToFill(c, reference) : undefined;
}
