import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

/** Files go past the chat: an address of Coord's own takes one, so that it rests nowhere else. */
export const sharefile = defineCommand({
  name: "share-file",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-file"],
  example: "share file I-31",
  args: { ref: ref(SHARES) },
  async run(c, { ref }) {
    const share = await findShare(c, ref, "edit");
    const link = await uploadLink(c.work, c.person.id, "upload", share.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const { upload, buttons } = c.t.information;
    return linked(c, upload({ what: nameOf(share), minutes: link.minutes }), buttons.chooseFile, link.url);
  },
});
