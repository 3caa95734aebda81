import { Store } from "../../src/store/database.js";
import { dropDatabase, freshDatabase } from "../store.js";
import { UNPACED } from "../template.js";
import { World } from "../world.js";
import { dump, execute, load, NO_SECRET, type Recorded, record, recorded, SITE } from "./dumps.js";
import { askAll, changed, differences, questions, telling, twoDays } from "./questions.js";
import { type Refs, story } from "./story.js";

/**
 * `record.ts make 0.3.0` makes the dump of the version in this tree and what it answers; `record.ts renew 0.1.0` asks an
 * older dump's questions again of the code in this tree and says what changed. Needs TEST_DATABASE_URL.
 */
const [what, version = ""] = process.argv.slice(2);
const server = process.env.TEST_DATABASE_URL;
if (!server || !/^\d+\.\d+\.\d+$/.test(version) || !["make", "renew"].includes(what ?? ""))
  throw new Error("Usage: TEST_DATABASE_URL=… npx tsx tests/upgrade/record.ts make|renew VERSION");

/** Pictures and files are most of the bytes, and show nothing that the rest does not. */
const BEFORE_A_DUMP = `drop trigger unpaced on pace; drop function unpaced();
  delete from pictures; delete from published_files where format <> 'xlsx'`;

async function make(on: string): Promise<{ at: string; refs: Refs }> {
  const url = await freshDatabase(on);
  try {
    const store = await Store.postgresql(url);
    await execute(url, UNPACED);
    const { world, refs } = await story(store, NO_SECRET);
    const hour = 3_600_000;
    const at = new Date(Math.ceil(world.clock.now().getTime() / hour) * hour).toISOString();
    await world.close();
    await execute(url, BEFORE_A_DUMP);
    dump(version, url);
    return { at, refs };
  } finally {
    await dropDatabase(on, url);
  }
}

type Answers = Pick<Recorded, "asked" | "sent">;

/** Asks a dump, freshly loaded. */
async function answers(at: string, asked: Parameters<typeof askAll>[1]): Promise<Answers> {
  const { store, known, close } = await load(version);
  const w = await World.open({ store, secret: NO_SECRET, at: new Date(at), body: "north" });
  w.runtime.site = SITE;
  try {
    return { asked: await askAll(w, asked, known), sent: await twoDays(w) };
  } finally {
    await close();
  }
}

const report = (lines: readonly string[]) => console.log(lines.join("\n"));

if (what === "make") {
  const { at, refs } = await make(server);
  const all = await answers(at, questions(refs));
  const first = { ...all, asked: telling(all.asked) };
  // What is another each time it is asked could hold nothing.
  const second = await answers(at, first.asked);
  const unstable = [
    ...differences(first.asked, second.asked),
    ...changed(first.sent.join("\n"), second.sent.join("\n")),
  ];
  if (unstable.length) {
    report(unstable);
    throw new Error("These answers are others each time.");
  }
  record(version, { at, refs, ...first });
} else {
  const before = recorded(version);
  const now = await answers(before.at, before.asked);
  report([...differences(before.asked, now.asked), ...changed(before.sent.join("\n"), now.sent.join("\n"))]);
  record(version, { ...before, ...now });
}
