import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findToFill } from "../../src/requests/acts/writing.js";
import { fieldName } from "../../src/requests/checks.js";
import { TEXT_FILE } from "../../src/requests/model.js";
import { longFieldOf } from "../../src/requests/parts.js";
import { REQUESTS } from "../../src/requests/store.js";
import { isGivenAlready } from "../../src/requests/text-file.js";

/** The long text of a request as a file, since a dialog holds a part of it only. */
export const requesttext = defineCommand({
  name: "request-text",
  aliases: ["request-facts"],
  group: "requests",
  summary: (t) => t.commands["request-text"],
  example: "request text R-9",
  may: "request.use",
  args: { ref: ref(REQUESTS) },
  allows: (c, ref) => findToFill(c, ref),
  async run(c, { ref }) {
    const one = await findToFill(c, ref);
    const field = longFieldOf(one.kind);
    if (!field) return refuse((t) => t.errors.requestNoLongText({ ref: one.ref }));
    if (isGivenAlready(one, field)) return refuse((t) => t.errors.requestTextLate);
    const link = await uploadLink(c.work, c.person.id, TEXT_FILE, one.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const text = c.t.requests.textHere({
      ...{ ref: one.ref, field: fieldName(c.t, field.id), max: field.max ?? 0, minutes: link.minutes },
    });
    return linked(c, text, c.t.information.buttons.chooseFile, link.url);
  },
});
