import { defineFolder } from "../../src/command/folder.js";
import { account, accountmine, accountnot } from "./account.js";
import { away, back } from "./away.js";
import { body } from "./body.js";
import { digest } from "./digest.js";
import { settings } from "./settings.js";

export const folder = defineFolder({
  order: 100,
  commands: [settings, digest, account, accountmine, accountnot, away, back, body],
  topics: {
    you: ["settings", "digest", "away"],
    desk: ["setup", "ladder", "meet-rules"],
  },
});
