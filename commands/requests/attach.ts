import { buttonAbout } from "../../src/chat/index.js";
import { optional, ref } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { linked, offered, sentence } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToAttach } from "../../src/requests/acts/deciding.js";
import { attachShare } from "../../src/requests/acts/shared.js";
import { ATTACHMENT, type CoopRequest, calledTo } from "../../src/requests/model.js";
import { checkLabel, permissionFor, permissions } from "../../src/requests/shared.js";
import { REQUESTS } from "../../src/requests/store.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import type { Share } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

/**
 * Files go past the chat: an address of Coord's own takes one, so that it rests nowhere else. Information that was shared is
 * named, and goes with it as its provider allows.
 */
export const requestattach = defineCommand({
  name: "request-attach",
  aliases: ["request-upload", "request-annex"],
  group: "requests",
  summary: (t) => t.commands["request-attach"],
  example: "request attach R-9",
  may: "request.use",
  args: { ref: ref(REQUESTS), share: optional(ref(SHARES)) },
  allows: (c, ref) => findToAttach(c, ref),
  async run(c, { ref, share: named }) {
    const { one, side } = await findToAttach(c, ref);
    if (named) {
      const share = await findShare(c, named, "open");
      if (side === "answer") refuse((t) => t.errors.requestSharedAnswer({ ref: one.ref, share: share.ref }));
      return withShare(c, one, share);
    }
    const link = await uploadLink(c.work, c.person.id, ATTACHMENT, one.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const about = { ref: one.ref, minutes: link.minutes };
    const text =
      side === "request"
        ? c.t.requests.attachHere(about)
        : c.t.requests.attachAnswer({ ...about, agency: one.from.name });
    return linked(c, text, c.t.information.buttons.chooseFile, link.url);
  },
});

async function withShare(c: Context, one: CoopRequest, share: Share) {
  checkLabel(share, one);
  const code = permissionFor(share, one);
  const about = { ref: one.ref, share: share.ref };
  if (code && (await permissions(c.work, share, one)).length === 0) {
    const text = c.t.requests.shared.ask({ ...about, provider: share.providerAgency.name, to: calledTo(one), code });
    const ask = buttonAbout(`${c.work.body.slug}/${one.ref} ${share.ref}`);
    return offered(c, text, [ask("request-use", c.t.requests.buttons.use, { style: "primary", opens: true })]);
  }
  const count = await attachShare(c, one, share);
  return sentence(c, c.t.requests.shared.attached({ ...about, count }));
}
