import { writeFileSync } from "node:fs";
import { packageOptions, teamsPackage } from "../adapters/teams/package.js";

/** Writes the Teams app package. Run with `npm run teams:package`. */

const FILE = "coord-teams.zip";

/** What Teams suggests to somebody who starts to type: the lines of every day. */
const COMMANDS = [
  { title: "task", description: "Ask an agency to act: task @labour Inspect 3 farms by Fri 17:00" },
  { title: "meet", description: "Call a meeting: meet Monthly coordination every first Tue 10:00 60m with all" },
  { title: "decide", description: "In a running meeting: decide Joint checks from January" },
  { title: "share", description: "Share information with an agency: share @labour" },
  { title: "request", description: "Write a cooperation request: request new" },
  { title: "report", description: "Activity summary of a period: report Q3" },
  { title: "who", description: "Who is on duty now, and how to reach them: who @border" },
  { title: "nudge", description: "One polite, previewed message to each late agency" },
  { title: "join", description: "Enrol with a code you were given: join CODE" },
  { title: "help", description: "What Coord can do" },
];

try {
  writeFileSync(FILE, teamsPackage({ ...packageOptions(process.env), commands: COMMANDS }));
  console.log(`${FILE} is written: upload it in the Teams admin centre under Manage apps.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
