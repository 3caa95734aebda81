import type { Topics } from "../../src/command/define.js";
import { reportcancel } from "./cancel.js";
import { reportfile } from "./file.js";
import { reportkey } from "./key.js";
import { reports } from "./list.js";
import { reportnotes } from "./notes.js";
import { reportpublish } from "./publish.js";
import { report } from "./report.js";
import { reportshow } from "./show.js";

/** In the order in which help shows them. */
export const reportsCommands = [
  report,
  reports,
  reportshow,
  reportnotes,
  reportpublish,
  reportfile,
  reportcancel,
  reportkey,
];

export const reportsTopics = {
  reports: ["report", "report-notes", "reports"],
} satisfies Topics;
