import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToAttach } from "../../src/requests/acts/deciding.js";
import { ATTACHMENT } from "../../src/requests/model.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Files go past the chat: an address of Coord's own takes one, so that it rests nowhere else. */
export const requestattach = defineCommand({
  name: "request-attach",
  aliases: ["request-upload", "request-annex"],
  group: "requests",
  summary: (t) => t.commands["request-attach"],
  example: "request attach R-9",
  may: "request.use",
  args: { ref: ref(REQUESTS) },
  allows: (c, ref) => findToAttach(c, ref),
  async run(c, { ref }) {
    const { one, side } = await findToAttach(c, ref);
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
