import { choice, keyed, optional } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { offered, sentence } from "../../src/command/reply.js";
import { fileLink, uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { documentLang } from "../../src/requests/args.js";
import { dropTemplate, templateKind } from "../../src/requests/documents.js";

/** The agency's own letterhead and wording: taken, changed in Word, given back. */
export const requesttemplate = defineCommand({
  name: "request-template",
  group: "requests",
  summary: (t) => t.commands["request-template"],
  example: "request template fr",
  may: "agency.rules",
  args: {
    lang: documentLang(),
    byKey: { ...keyed("lang", documentLang()), silent: true },
    standard: optional(
      choice({ label: (t) => t.args.requestStandard, values: ["standard"] as const, show: (t) => t.requests.standard }),
    ),
  },
  refine: ({ byKey, ...raws }) => ({ ...raws, lang: raws.lang ?? byKey }),
  async run(c, { lang, standard }) {
    const { work, person, t } = c;
    const named = t.requests.documentLangs[lang];
    if (standard) {
      const had = await dropTemplate(work, person.agency, lang);
      return sentence(c, t.requests.templateDropped({ lang: named, agency: person.agency.name, had }));
    }
    const file = await fileLink(work, person.id, templateKind(lang), person.agencyId);
    const upload = await uploadLink(work, person.id, templateKind(lang), person.agencyId);
    if (!file || !upload) return refuse((m) => m.errors.noSite);
    return offered(c, t.requests.template({ lang: named, minutes: upload.minutes }), [
      { type: "link", label: t.meetings.calendar.download, url: file.url },
      { type: "link", label: t.information.buttons.chooseFile, url: upload.url },
    ]);
  },
});
