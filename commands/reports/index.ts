import { defineFolder } from "../../src/command/folder.js";
import { reportcancel } from "./cancel.js";
import { reportfile } from "./file.js";
import { reportkey } from "./key.js";
import { reports } from "./list.js";
import { reportnotes } from "./notes.js";
import { reportpublish } from "./publish.js";
import { report } from "./report.js";
import { reportshow } from "./show.js";

export const folder = defineFolder({
  order: 80,
  commands: [report, reports, reportshow, reportnotes, reportpublish, reportfile, reportcancel, reportkey],
  topics: {
    reports: ["report", "report-notes", "reports"],
  },
});
