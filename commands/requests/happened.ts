import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { recordEvent } from "../../src/requests/acts/dates.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { checkDates, dateName, dayTyped, momentOf, onDay, optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** An arrest, a consent, a surrender, a test of the line, a hearing with its minutes: clocks run from it, or end with it. */
export const requesthappened = defineCommand({
  name: "request-happened",
  group: "requests",
  summary: (t) => t.commands["request-happened"],
  example: "request happened R-9 arrested on:2026-12-12",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    name: dateName(false),
    on: onDay(),
    words: optionalWords((t) => t.args.requestHappened),
  },
  refine: dayTyped({ name: "words" }),
  allows: async (c, ref) => checkDates(await findRequest(c, ref, "happened"), false),
  async run(c, { ref, name, on, words }) {
    const one = await findRequest(c, ref, "happened");
    return answered(c, await recordEvent(c, one, name, { at: momentOf(c, on), words }), "happened");
  },
});
