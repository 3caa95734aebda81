// Made by `npm run generate` from the folders beside it. Do not edit.
import { folder as authorities } from "./authorities/index.js";
import { folder as home } from "./home/index.js";
import { folder as matches } from "./matches/index.js";
import { folder as me } from "./me/index.js";
import { folder as meetings } from "./meetings/index.js";
import { folder as people } from "./people/index.js";
import { folder as plan } from "./plan/index.js";
import { folder as reminders } from "./reminders/index.js";
import { folder as reports } from "./reports/index.js";
import { folder as requests } from "./requests/index.js";
import { folder as shares } from "./shares/index.js";
import { folder as sheets } from "./sheets/index.js";
import { folder as tasks } from "./tasks/index.js";
import { folder as training } from "./training/index.js";

export const folders = [
  authorities,
  home,
  matches,
  me,
  meetings,
  people,
  plan,
  reminders,
  reports,
  requests,
  shares,
  sheets,
  tasks,
  training,
];
