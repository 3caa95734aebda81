import { fr } from "date-fns/locale/fr";
import type { Grammar } from "../../grammar/model.js";
import { directory } from "./directory.js";
import { line } from "./line.js";
import { rules } from "./rules.js";
import { schedule } from "./schedule.js";
import { speech } from "./speech.js";
import { time } from "./time.js";

export const french: Grammar = { lang: "fr", locale: fr, decimal: ",", time, schedule, rules, speech, line, directory };
