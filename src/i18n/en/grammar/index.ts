import { enGB } from "date-fns/locale/en-GB";
import type { Grammar } from "../../grammar/model.js";
import { directory } from "./directory.js";
import { line } from "./line.js";
import { rules } from "./rules.js";
import { schedule } from "./schedule.js";
import { speech } from "./speech.js";
import { time } from "./time.js";

export const english: Grammar = {
  lang: "en",
  locale: enGB,
  dayFirstIn: ["gb", "ie", "au", "nz", "in"],
  decimal: ".",
  time,
  schedule,
  rules,
  line,
  speech,
  directory,
};
