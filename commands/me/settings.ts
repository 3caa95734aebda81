import { recordAct } from "../../src/audit/record.js";
import { choice, keyed, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { schedulePersonDigest } from "../../src/digests/schedule.js";
import { LANGUAGES, type Language, messagesFor } from "../../src/i18n/index.js";
import { rowOf } from "../../src/i18n/languages.js";
import { languageName } from "../../src/i18n/names.js";
import { refuse } from "../../src/lib/refusal.js";
import { fold } from "../../src/people/names.js";
import { readHours } from "../../src/time/week-words.js";
import { isZone, nearestZones } from "../../src/time/zones.js";

const CODES = Object.keys(LANGUAGES) as Language[];

/** `fr`, `French`, `français`: by its code, or its name in any language that is spoken here. */
const languageNamed = (said: string): Language | undefined =>
  CODES.find((code) =>
    [code, ...CODES.map((reader) => languageName(code, reader))].some((name) => fold(name) === fold(said)),
  );

export const settings = defineCommand({
  name: "settings",
  aliases: ["lang", "zone"],
  group: "you",
  summary: (t) => t.commands.settings,
  example: "settings lang:fr zone:Europe/Athens hours:08:00-16:00",
  may: "own.settings",
  args: {
    lang: keyed(
      "lang",
      choice({
        label: (t) => t.args.language,
        values: CODES,
        read: languageNamed,
        show: (_t, lang) => LANGUAGES[lang].name,
      }),
    ),
    zone: keyed("zone", text({ label: (t) => t.args.zone, max: 60 })),
    hours: keyed("hours", text({ label: (t) => t.args.hours, hint: (t) => t.args.hoursHint, max: 20 })),
  },
  async run(c, { lang, zone, hours }) {
    const { work, person } = c;
    if (zone && !isZone(zone)) refuse((t) => t.errors.zone({ said: zone, near: nearestZones(zone) }));
    const span = hours === undefined ? undefined : (readHours(hours) ?? refuse((t) => t.errors.hours({ said: hours })));
    const set = {
      lang: lang ?? person.lang,
      zone: zone ?? person.zone,
      work_from: span?.from ?? person.workFrom,
      work_to: span?.to ?? person.workTo,
    };
    await work.tx.updateTable("persons").set(set).where("id", "=", person.id).execute();
    // The next digest was scheduled for the clock of the zone before.
    if (set.zone !== person.zone) await schedulePersonDigest(work, person.id);
    if (lang || zone || hours) await recordAct(c, { action: "people.settings" });
    const t = messagesFor(set.lang);
    const said = t.people.settings({
      lang: rowOf(set.lang).name,
      zone: set.zone,
      from: set.work_from,
      to: set.work_to,
    });
    return { private: true, post: { text: said, lang: set.lang, blocks: [{ type: "text", text: said }] } };
  },
});
