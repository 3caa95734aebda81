import { httpsUrl, keyed, rest, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence, withMarking } from "../../src/command/reply.js";
import { languages, openLabel, resourceKind, topics, year } from "../../src/training/args.js";
import { addResource } from "../../src/training/library.js";

export const libraryadd = defineCommand({
  name: "library-add",
  group: "training",
  summary: (t) => t.commands["library-add"],
  example:
    "library add https://www.example.org/guide Guide to first interviews kind:manual topics:interviewing langs:en",
  may: "training.write",
  intro: async (c) => c.t.training.knownToAll,
  args: {
    url: httpsUrl({ label: (t) => t.args.resourceUrl, hint: (t) => t.args.linkHint }),
    title: rest({ label: (t) => t.args.resourceTitle, max: 200 }),
    kind: keyed("kind", resourceKind()),
    topics: keyed("topics", topics()),
    langs: keyed("langs", languages()),
    publisher: keyed("publisher", text({ label: (t) => t.args.publisher, max: 120 })),
    year: keyed("year", year()),
    label: keyed("tlp", openLabel()),
  },
  async run(c, { kind = "other", topics = [], langs = [], ...adding }) {
    const number = await addResource(c, { ...adding, kind, topics, langs });
    const said = c.t.training.resourceAdded({ number });
    return sentence(c, withMarking(c, said, adding.label ?? "GREEN", adding.label));
  },
});
