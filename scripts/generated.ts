import { readFileSync } from "node:fs";
import { slackManifest } from "../adapters/slack/manifest.js";
import { registry, topics } from "../commands/index.js";
import { type Command, type Topic, usage } from "../src/command/define.js";
import { messagesFor } from "../src/i18n/index.js";
import { rolesFor } from "../src/policy/index.js";
import { openapi } from "../src/reports/openapi.js";
import { foldersFile } from "./folders.js";
import { messagesType } from "./messages.js";

/** Files made from the command definitions, by path. A test holds what is committed equal to them. */
export function generated(publicUrl = "https://coord.example.org"): Record<string, string> {
  return {
    "commands/folders.ts": foldersFile(),
    "manifest.json": `${JSON.stringify(slackManifest({ publicUrl: publicUrl.replace(/\/+$/, ""), socketMode: false, usageHint: usageHint() }), null, 2)}\n`,
    "src/i18n/generated.ts": messagesType(),
    "docs/commands.md": commandsPage(),
    "docs/openapi.json": `${JSON.stringify(openapi, null, 2)}\n`,
  };
}

/** The lines of every day, for the Teams command menu: at most ten. */
const DAILY = ["inbox", "task", "tasks", "give", "done", "say", "who", "nudge", "undo", "help"];

export function teamsCommands(): { title: string; description: string }[] {
  const t = messagesFor("en");
  return DAILY.flatMap((name) => {
    const command = registry.find(name);
    return command ? [{ title: name, description: command.summary(t) }] : [];
  });
}

/** Teams takes an update only with a higher version (manifest schema, `version`); the first package given out was 1.0.0. */
export function teamsVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const [major, minor, patch] = version.split(".");
  return `${Number(major) + 1}.${minor}.${patch}`;
}

const usageHint = (): string => "task @agency what by when · tasks · T-12 · help";

function commandsPage(): string {
  const t = messagesFor("en");
  const parts = Object.keys(topics).flatMap((topic) => {
    const own = registry.commands.filter(({ group, hidden }) => group === topic && !hidden);
    return own.length ? [`## ${t.help.groups[topic as Topic]}\n`, ...own.map((command) => section(command))] : [];
  });
  return [
    "<!-- Made by `npm run generate` from commands/. Do not edit. -->",
    "# Commands\n",
    "In Slack each line begins with `/coord`, in Teams with `@Coord` in a channel and with nothing in a direct chat.",
    "What is left out is asked in a form. `[…]` is optional. Words with spaces stand in quotation marks.",
    "A reference alone (`T-12`) shows the item; nothing at all shows what waits for you.",
    "The secretariat puts `for @agency` before a line to act for an agency that is on neither platform.\n",
    ...parts,
  ].join("\n");
}

function section(command: Command): string {
  const t = messagesFor("en");
  const also = command.aliases?.length ? `Also: ${command.aliases.map((alias) => `\`${alias}\``).join(", ")}.` : "";
  const who = command.may
    ? `For: ${rolesFor(command.may)
        .map((role) => t.roles[role])
        .join(", ")}.`
    : "";
  return [
    `### ${command.name}\n`,
    `${command.summary(t)}. ${[also, who].filter(Boolean).join(" ")}`.trim(),
    "",
    "```",
    usage(command, t),
    command.example,
    "```\n",
  ].join("\n");
}
