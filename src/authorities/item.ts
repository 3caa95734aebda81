import { defineItem } from "../items/define.js";
import { suggests } from "./args.js";
import { checksDue, remindOfChecks } from "./checks.js";
import { openDirectoryCsv, openDirectoryJson } from "./file.js";
import { takeDirectory } from "./import.js";
import { directoryPreview } from "./notifications.js";
import { AUTHORITIES } from "./store.js";

export const authority = defineItem({
  kind: AUTHORITIES,
  notifications: [directoryPreview, checksDue],
  lookOut: remindOfChecks,
  suggests,
  opens: { directory_csv: openDirectoryCsv, directory_json: openDirectoryJson },
  takes: { directory_import: takeDirectory },
});
