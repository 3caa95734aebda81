import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";

export type Json = Record<string, unknown>;

/** What people and programs put where words are expected: marks of every format, of no format, too long, too deep. */
export const HOSTILE = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\uE0000\uE001",
  "\uE000\uE000\uE0000\uE001",
  "\u202Egnp.exe\u202C",
  "\u200b\u200b",
  "line\nbreak\r\nbreak",
  "<!channel> <!here|x> <@U0EVIL> <https://evil.example|bank>",
  "[bank](https://evil.example) <at>Everybody</at> **bold**",
  "<script>alert(1)</script>",
  "&lt;!here&gt; &amp;lt; &#x3c;!channel&#x3e; &constructor;",
  "“".repeat(3_000),
  '"'.repeat(3_000),
  " ".repeat(60_000),
  "<".repeat(20_000),
  "<p>".repeat(10_000),
  "every ".repeat(700),
  "by ".repeat(1_300),
  "tlp:".repeat(1_000),
  `task @labour ${"x".repeat(3_900)}`,
  "constructor",
  "__proto__",
  "hasOwnProperty",
  "task @labour constructor by constructor",
  "meet constructor every constructor with all",
  "T-1",
  "done T-1 tlp:red",
  "north/T-1 because",
  "../../etc/passwd",
  "' or 1=1 --",
  "99999999999999999999",
  "-1",
  "NaN",
  "Mars/Base",
  "2026-13-45T99:99:99Z",
  "𝕏👩🏽‍🌾ﷺ",
];

const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<unknown>(...HOSTILE) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1e308, [], {}, [[]], [null], { a: { b: {} } }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Where in a tree a change is made, by a number that is taken as far as it goes, and what is done there. */
export type Change = { at: number; how: "replace" | "remove" | "add" | "nest"; value: unknown };
export const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("replace", "replace", "replace", "remove", "add", "nest"),
  value,
});

/** A copy of the tree with the change made. Strings that hold JSON or forms are looked into like what they hold. */
export function mutated<T>(tree: T, { at, how, value }: Change): T {
  const copy = structuredClone(tree);
  const places: { parent: Json; key: string }[] = [];
  const collect = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const key of Object.keys(node)) {
      places.push({ parent: node as Json, key });
      collect((node as Json)[key]);
    }
  };
  collect(copy);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return copy;
  const { parent, key } = place;
  if (how === "remove") delete parent[key];
  else if (how === "add") parent[`${key}_more`] = value;
  else if (how === "nest") parent[key] = nested(parent[key], 1 + (at % 200));
  else parent[key] = value;
  return copy;
}

const nested = (node: unknown, levels: number): unknown => {
  let out = node;
  for (let n = 0; n < levels; n++) out = { blocks: [out] };
  return out;
};

/** Deliveries of other projects, where CONFORMANCE_DIR holds them: name of the file and content. */
export function recordings(folder: string): { name: string; payload: Json }[] {
  const dir = resolve(import.meta.dirname, "../..", process.env.CONFORMANCE_DIR ?? "../shared/conformance", folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => /\.(json|form\.txt)$/.test(name))
    .map((name) => {
      const text = readFileSync(join(dir, name), "utf8");
      const payload = name.endsWith(".json") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
      return { name, payload: payload as Json };
    });
}

/** Live markup of Slack that no words of people may become; plain_text shows its signs as they are. */
export function liveInSlack(tree: unknown): string[] {
  const found: string[] = [];
  const look = (node: unknown, mrkdwn: boolean): void => {
    if (Array.isArray(node)) for (const one of node) look(one, mrkdwn);
    else if (typeof node === "object" && node !== null) {
      const { type } = node as Json;
      for (const [key, child] of Object.entries(node))
        if (typeof child === "string") {
          const formatted = key === "text" && (type === "mrkdwn" || (mrkdwn && type === undefined));
          if (formatted && /<!(?:channel|here|everyone)|<@U0EVIL|<https:\/\/evil\.example/.test(child))
            found.push(child);
          if (key === "url" && /evil\.example/.test(child)) found.push(child);
        } else look(child, mrkdwn);
    }
  };
  look(tree, true);
  return found;
}

const AS_THEY_ARE = new Set(["value", "data", "placeholder", "summary", "fallbackText", "speak"]);

/** The same for Teams, where every text block and the message itself read Markdown, and mentions are entities. */
export function liveInTeams(tree: unknown): string[] {
  const found: string[] = [];
  // Text runs, notifications and fallbacks read no Markdown.
  const look = (node: unknown): void => {
    if (typeof node === "string") {
      if (/(?<!\\)\]\(https:\/\/evil\.example|<at>Everybody<\/at>/.test(node)) found.push(node);
    } else if (typeof node === "object" && node !== null && (node as Json).type !== "TextRun")
      // What a field holds, what a button brings back and the words of a notification are shown as they are or not at all.
      for (const [key, child] of Object.entries(node)) if (!AS_THEY_ARE.has(key)) look(child);
  };
  look(tree);
  return found;
}
