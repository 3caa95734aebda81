import { createSlackAdapter } from "../../adapters/slack/index.js";
import { registry } from "../../commands/index.js";
import { adapterWords } from "../../src/i18n/index.js";
import { MovableClock, systemClock } from "../../src/lib/clock.js";
import { createLog } from "../../src/lib/log.js";
import { readConfig } from "../../src/runtime/config.js";
import { Runtime } from "../../src/runtime/runtime.js";
import { adapterStore } from "../../src/store/adapter-store.js";

/** Coord without its doors: the core, its queue and the Slack adapter, to be killed. `AHEAD_MS` sets its clock forward. */
const config = readConfig();
const log = createLog(config.log);
const clock = new MovableClock();
const ahead = Number(process.env.AHEAD_MS ?? 0);
if (ahead > 0) clock.moveTo(new Date(Date.now() + ahead));
const runtime = await Runtime.open(config, log, registry, clock);
const { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl } = process.env;
const slack = createSlackAdapter({
  words: adapterWords(),
  ...{ signingSecret, botToken, apiUrl },
  store: adapterStore(runtime.store, runtime.vault, systemClock),
  log: { info: () => undefined, warn: () => undefined },
  now: () => new Date(),
});
runtime.adapters.set("slack", slack);
await slack.start(runtime.receive);
await runtime.start();
process.stdout.write("ready\n");
process.on("SIGTERM", () => {
  void slack
    .stop()
    .then(() => runtime.stop())
    .then(() => process.exit(0));
});
