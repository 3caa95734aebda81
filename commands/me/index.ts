import type { Topics } from "../../src/command/define.js";
import { account, accountmine, accountnot } from "./account.js";
import { away, back } from "./away.js";
import { body } from "./body.js";
import { digest } from "./digest.js";
import { inbox } from "./inbox.js";
import { settings } from "./settings.js";
import { setup } from "./setup.js";

/** In the order in which help shows them. */
export const meCommands = [inbox, setup, settings, digest, account, accountmine, accountnot, away, back, body];

export const meTopics = {
  you: ["settings", "digest", "away"],
  desk: ["setup", "ladder", "meet-rules"],
} satisfies Topics;
