import { writeFileSync } from "node:fs";
import { packageOptions, teamsPackage } from "../adapters/teams/package.js";
import { teamsCommands, teamsVersion } from "./generated.js";

/** Writes the Teams app package. Run with `npm run teams:package`. */

const FILE = "coord-teams.zip";

try {
  writeFileSync(
    FILE,
    teamsPackage({ ...packageOptions(process.env), commands: teamsCommands(), version: teamsVersion() }),
  );
  console.log(`${FILE} is written: upload it in the Teams admin centre under Manage apps.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
