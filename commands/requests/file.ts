import { keyed, optional, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { documentLang, letterArg } from "../../src/requests/args.js";
import { letterKind } from "../../src/requests/documents.js";
import { languageOf, lettersOpen } from "../../src/requests/letters.js";
import { isRed } from "../../src/requests/model.js";
import { REQUESTS } from "../../src/requests/store.js";

/** The request as a Word file, or what is written back about it. */
export const requestfile = defineCommand({
  name: "request-file",
  aliases: ["request-word", "request-letter"],
  group: "requests",
  summary: (t) => t.commands["request-file"],
  example: "request file R-9",
  may: "request.see",
  args: {
    ref: ref(REQUESTS),
    letter: optional(letterArg()),
    lang: keyed("lang", documentLang()),
    inLang: optional({ ...documentLang(), silent: true }),
  },
  refine: ({ inLang, ...raws }) => ({ ...raws, lang: raws.lang ?? inLang }),
  allows: (c, ref) => findRequest(c, ref, "read"),
  async run(c, { ref, letter = "request", lang }) {
    const one = await findRequest(c, ref, "read");
    if (isRed(one)) refuse((t) => t.errors.requestNoPaper({ ref: one.ref }));
    const open = await lettersOpen(c.work, one, c.viewer);
    const { requests } = c.t;
    if (!open.includes(letter))
      refuse((t) =>
        t.errors.requestNoLetter({
          ...{ ref: one.ref, letter: t.requests.letters[letter] },
          letters: open.map((which) => t.requests.letters[which]),
        }),
      );
    const language = lang ?? languageOf(one);
    const link = await fileLink(c.work, c.person.id, letterKind(letter, language), one.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const said = requests.file({
      ...{ ref: one.ref, letter: requests.letters[letter], minutes: link.minutes },
      ...{ lang: requests.documentLangs[language], final: one.approvedHash !== undefined || letter !== "request" },
    });
    return linked(c, said, c.t.meetings.calendar.download, link.url);
  },
});
