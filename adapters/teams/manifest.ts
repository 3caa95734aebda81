import { LIMITS } from "./limits.js";
import { cut } from "./text.js";

/** The app package's manifest, schema 1.22: where the bot may be added, what Teams suggests, and the two shortcuts. */

export type ManifestOptions = {
  /** `MicrosoftAppId`: the bot's id, and the app's. */
  appId: string;
  /** `PUBLIC_URL`, https. */
  publicUrl: string;
  /** What Teams suggests when somebody starts to type, most useful first; Teams shows ten. */
  commands: { title: string; description: string }[];
  /** Teams takes an update only with another version. */
  version?: string;
};

export function teamsManifest({ appId, publicUrl, commands, version = "1.0.0" }: ManifestOptions) {
  const { origin, hostname } = new URL(publicUrl);
  const scopes = ["personal", "team", "groupChat"];
  const suggested = commands.slice(0, LIMITS.manifestCommands).map(({ title, description }) => ({
    title: cut(title, 128),
    description: cut(description, 4_000),
  }));
  return {
    $schema: "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json",
    manifestVersion: "1.22",
    version,
    id: appId,
    developer: { name: "Coord", websiteUrl: origin, privacyUrl: `${origin}/privacy`, termsOfUseUrl: `${origin}/terms` },
    name: { short: "Coord", full: "Coord: coordination between agencies" },
    description: {
      short: "Tasks, meetings, shared information and requests between agencies.",
      full: "One place for agencies that work together: who owes what to whom by when, coordination meetings, information shared under its provider's conditions, and formal requests. Each agency stays in its own Slack workspace or Teams organisation.",
    },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#1F4E79",
    bots: [
      {
        botId: appId,
        scopes,
        supportsFiles: false,
        isNotificationOnly: false,
        ...(suggested.length > 0
          ? { commandLists: scopes.map((each) => ({ scopes: [each], commands: suggested })) }
          : {}),
      },
    ],
    // Command ids are read back in receive.ts.
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: "taskFromMessage",
            type: "action",
            title: "Make a task of this",
            description: "Ask another agency to act on this message",
            context: ["message"],
            fetchTask: true,
          },
          {
            id: "newTask",
            type: "action",
            title: "New task",
            description: "Ask another agency to do something",
            context: ["compose", "commandBox"],
            fetchTask: true,
          },
        ],
      },
    ],
    permissions: ["identity", "messageTeamMembers"],
    validDomains: [hostname],
  };
}
