import { ref, wholeNumber } from "../../src/command/args.js";
import { type Arg, type Context, defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToAttach } from "../../src/requests/acts/deciding.js";
import { detach } from "../../src/requests/attachments.js";
import { REQUESTS } from "../../src/requests/store.js";
import { SHARES } from "../../src/shares/store.js";

/** By its number, as `request read` numbers them: what it is called is content. Shared information by its reference. */
export const requestdetach = defineCommand({
  name: "request-detach",
  group: "requests",
  summary: (t) => t.commands["request-detach"],
  example: "request detach R-9 2",
  may: "request.use",
  args: { ref: ref(REQUESTS), which: which() },
  allows: (c, ref) => findToAttach(c, ref),
  async run(c, { ref, which }) {
    const { one, side } = await findToAttach(c, ref);
    const { before, out } = await detach(c, one, which, side);
    const [first] = out;
    const sent = side === "request" && one.subject.sent;
    if (!first)
      return refuse((t) =>
        typeof which === "string"
          ? t.errors.requestSharedAbsent({ ref: one.ref, share: which, sent })
          : t.errors.requestNoFile({ ref: one.ref, n: which, sent, count: before }),
      );
    const count = out.length;
    if (first.share) return sentence(c, c.t.requests.shared.detached({ ref: one.ref, share: first.share.ref, count }));
    return sentence(c, c.t.requests.detached({ ref: one.ref, n: Number(which), count: before - count }));
  },
});

/** The number of a file, or what the information is called that is to be taken out. */
function which(): Arg<number | string> {
  const number = wholeNumber({ label: (t) => t.args.requestFile, max: 10 });
  const shareOf = (said: string) => {
    const named = parseReference(said);
    return named?.kind === SHARES.kind ? named.text : undefined;
  };
  return {
    ...number,
    kind: SHARES.kind,
    fits: (word) => number.fits?.(word) === true || shareOf(word) !== undefined,
    parse: async (c: Context, raw) => shareOf(raw) ?? number.parse(c, raw),
    async field(c, raw, raws) {
      return { ...(await number.field(c, raw, raws)), maxLength: 10 } as Awaited<ReturnType<typeof number.field>>;
    },
  };
}
