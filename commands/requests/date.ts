import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { fixDate } from "../../src/requests/acts/dates.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { checkDates, dateAt, dateName, optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** A day that lies ahead: of the surrender, of the hearing; another one takes its place. */
export const requestdate = defineCommand({
  name: "request-date",
  group: "requests",
  summary: (t) => t.commands["request-date"],
  example: "request date R-9 hearing 15 January 10:00",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    name: dateName(true),
    why: optionalWords((t) => t.args.requestWhy),
    at: dateAt(),
  },
  allows: async (c, ref) => checkDates(await findRequest(c, ref, "set_date"), true),
  async run(c, { ref, name, at, why }) {
    const one = await findRequest(c, ref, "set_date");
    return answered(c, await fixDate(c, one, name, at.at, why), "set_date");
  },
});
