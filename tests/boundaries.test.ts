import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { GRAMMARS, type Grammar } from "../src/i18n/grammar/index.js";
import { literalsOf } from "./literals.js";

/** The house's rules about who knows whom (ARCHITECTURE.md), held against every import. */
const ROOT = fileURLToPath(new URL("..", import.meta.url));

type Import = { file: string; target: string };

const imports: Import[] = ["src", "adapters", "commands", "scripts"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => importsOf(`${folder}/${name}`)),
);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)["']([^"']+)["']/g);
  return [...found].map(([, name = ""]) => ({
    file,
    target: name.startsWith(".") ? relative(ROOT, join(ROOT, dirname(file), name)).replace(/\.js$/, ".ts") : name,
  }));
}

const offences = (broken: (i: Import) => boolean): string[] =>
  imports.filter(broken).map(({ file, target }) => `${file} imports ${target}`);

const isPlatform = (target: string) =>
  /^(@bull-board\/|@slack\/|botbuilder|botframework|adaptivecards|nodemailer|hono|@hono\/)/.test(target);

/** The folders of the nouns, each with its `item.ts`; and matches, which have no letter. */
const NOUNS = readdirSync(join(ROOT, "src")).filter((name) => existsSync(join(ROOT, "src", name, "item.ts")));
const NOUN = new RegExp(`^src/(${[...NOUNS, "matches"].join("|")})/`);

describe("boundaries", () => {
  it("knows the nouns", () => {
    expect(NOUNS).toEqual(expect.arrayContaining(["tasks", "meetings", "shares", "plan", "training", "reports"]));
    expect(NOUNS).toEqual(expect.arrayContaining(["authorities", "sheets", "requests"]));
  });

  it("finds imports at all", () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  it("the chat vocabulary imports nothing outside itself", () => {
    expect(offences(({ file, target }) => file.startsWith("src/chat/") && !target.startsWith("src/chat/"))).toEqual([]);
  });

  it("the core knows no platform and no adapter, but for the composition root and the HTTP server", () => {
    const root = new Set(["src/main.ts"]);
    const http = new Set(["src/runtime/http.ts", "src/runtime/admin.ts", "src/runtime/queue-board.ts"]);
    expect(
      offences(
        ({ file, target }) =>
          file.startsWith("src/") &&
          ((target.startsWith("adapters/") && !root.has(file)) ||
            (isPlatform(target) && !http.has(file) && !root.has(file))),
      ),
    ).toEqual([]);
  });

  it("only the composition root and scripts know the commands", () => {
    expect(
      offences(
        ({ file, target }) => target.startsWith("commands/") && !/^(src\/main\.ts|scripts\/|commands\/)/.test(file),
      ),
    ).toEqual([]);
  });

  it("adapters import the vocabulary alone; the workbench also the pure parts of the two others", () => {
    const shared = /^adapters\/(slack\/(render|ids|receive)|teams\/(render|actions))\.ts$/;
    expect(
      offences(({ file, target }) => {
        if (!file.startsWith("adapters/")) return false;
        const own = file.split("/").slice(0, 2).join("/");
        if (target.startsWith(`${own}/`) || target.startsWith("src/chat/")) return false;
        if (own === "adapters/web" && shared.test(target)) return false;
        return target.startsWith("src/") || target.startsWith("adapters/") || target.startsWith("commands/");
      }),
    ).toEqual([]);
  });

  it("a platform's adapter needs the vocabulary alone: the one that these tests add has nothing else", () => {
    const own = ["adapter", "platform", "render"].flatMap((name) => importsOf(`tests/fakes/courier/${name}.ts`));
    const others = own.map(({ target }) => target).filter((target) => !target.startsWith("tests/fakes/courier/"));
    expect([...new Set(others)].sort()).toEqual(["node:http", "src/chat/index.ts"]);
  });

  /**
   * Where a platform may be named: the table, the list of connectors, what languages say, and the demo, whose people
   * have the screens that the workbench plays. Comments may cite a platform's page anywhere.
   */
  const NAMES_PLATFORMS = /^src\/(chat\/platforms\.ts|main\.ts|i18n\/.*|demo\/.*)$/;
  const A_PLATFORM = /slack|teams|courier/i;

  it("no other file of the core and no command names a platform: not in words, patterns, queries or names", () => {
    const named = ["src", "commands"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .map((name) => `${folder}/${name}`)
        .filter((file) => /\.(ts|sql)$/.test(file) && !NAMES_PLATFORMS.test(file))
        .filter((file) => A_PLATFORM.test(spoken(file))),
    );
    expect(named).toEqual([]);
  });

  /** A file without its comments, which begin a line or stand behind a blank: an address in a text has none before it. */
  const spoken = (file: string): string => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return file.endsWith(".sql")
      ? text.replace(/--.*/g, "")
      : text.replace(/(?<=^|\s)\/\*[\s\S]*?\*\//g, "").replace(/(?<=^|\s)\/\/.*/gm, "");
  };

  it("botbuilder is imported in one file", () => {
    const files = imports.filter(({ target }) => /^botbuilder|^botframework/.test(target)).map(({ file }) => file);
    expect([...new Set(files)]).toEqual(["adapters/teams/transport.ts"]);
  });

  it("policy is pure: no clock, no network, no SQL but the predicate", () => {
    expect(
      offences(
        ({ file, target }) =>
          file.startsWith("src/policy/") &&
          !target.startsWith("src/policy/") &&
          target !== "kysely" &&
          !/^src\/store\/(schema|[a-z]+-tables)\.ts$/.test(target),
      ),
    ).toEqual([]);
  });

  it("a document is made from its model alone", () => {
    expect(
      offences(
        ({ file, target }) =>
          file.startsWith("src/documents/") &&
          !target.startsWith("src/documents/") &&
          target !== "src/chat/message.ts" &&
          !/^(docx|fflate|d3-scale|d3-shape|hucre\/csv|hucre\/xlsx|@resvg\/resvg-js|any-ascii|node:fs|node:module|node:path)$/.test(
            target,
          ),
      ),
    ).toEqual([]);
  });

  it("what holds for every item names none: src/items.ts is the one list", () => {
    const general = /^src\/(bot|items|command|escalation|delivery)\//;
    expect(offences(({ file, target }) => general.test(file) && NOUN.test(target))).toEqual([]);
  });

  it("only config.ts reads the environment", () => {
    const readers = ["src", "adapters", "commands"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter(
          (name) => name.endsWith(".ts") && readFileSync(join(ROOT, folder, name), "utf8").includes("process.env"),
        )
        .map((name) => `${folder}/${name}`),
    );
    expect(readers).toEqual(["src/runtime/config.ts"]);
  });

  it("domain folders reach no further than their own kind allows", () => {
    const domain =
      /^src\/(people|conversations|digests|turns|escalation|command|audit|delivery|policy|time|i18n|documents|files|lib|chat)\//;
    const never = /^src\/(bot|runtime|main|cli|demo)(\.ts|\/)/;
    expect(offences(({ file, target }) => (domain.test(file) || NOUN.test(file)) && never.test(target))).toEqual([]);
  });

  it("no file imports another in a circle, types included", () => {
    const targets = new Map<string, string[]>();
    for (const { file, target } of imports) targets.set(file, [...(targets.get(file) ?? []), target]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      if (done.has(file)) return;
      done.add(file);
      for (const target of targets.get(file) ?? []) walk(target, [...path, file]);
    };
    for (const file of targets.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  it("no file lies loose: src has its rooms, commands a folder a noun", () => {
    const filesIn = (folder: string) =>
      readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []));
    const foldersIn = (folder: string) =>
      readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));
    expect(filesIn("src").filter((name) => !["main.ts", "items.ts"].includes(name))).toEqual([]);
    expect(filesIn("commands").sort()).toEqual(["folders.ts", "index.ts"]);
    const nouns = foldersIn("commands").map((noun) => `commands/${noun}`);
    expect(nouns.filter((noun) => !filesIn(noun).includes("index.ts"))).toEqual([]);
    expect(nouns.flatMap((noun) => foldersIn(noun).map((deeper) => `${noun}/${deeper}`))).toEqual([]);
    // A command that no list of its folder names is one that nobody can type.
    const listed = new Set(imports.filter(({ file }) => file.startsWith("commands/")).map(({ target }) => target));
    const all = nouns.flatMap((noun) => filesIn(noun).map((name) => `${noun}/${name}`));
    expect(all.filter((file) => !listed.has(file))).toEqual([]);
  });
});

describe("what the pages and comments name", () => {
  const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "THREATS.md"].concat(
    readdirSync(join(ROOT, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  );
  const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");
  const headings = (page: string): string[] => [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => title);
  const anchor = (title: string) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");

  it.each(pages)("%s names files and folders that there are", (page) => {
    const named = textOf(page).match(
      /(?<![\w./@-])(?:src|tests|docs|adapters|commands|scripts|bench|bin|\.ci)\/[\w.-][\w./-]*/g,
    );
    const wholes = (named ?? []).map((path) => path.replace(/\.$/, "")).filter((path) => /\/$|\.\w+$/.test(path));
    // THREATS.md names its tests from within tests/.
    const there = (path: string) =>
      existsSync(join(ROOT, path)) || (page === "THREATS.md" && existsSync(join(ROOT, "tests", path)));
    expect([...new Set(wholes)].filter((path) => !there(path))).toEqual([]);
  });

  it.each(pages)("%s links to what there is", (page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, path = "", at]) => {
      const target = path === "" ? page : join(dirname(page), path);
      return !existsSync(join(ROOT, target)) || (at && !headings(target).map(anchor).includes(at));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });

  it("comments cite pages and headings that there are", () => {
    const sources = ["src", "adapters", "commands", "scripts", "bench", "tests"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => /\.(?:ts|sql)$/.test(name))
        .map((name) => `${folder}/${name}`),
    );
    const cited = sources.flatMap((file) =>
      [
        ...textOf(file)
          .replace(/\n\s*(?:\*|\/\/|--) /g, " ")
          .matchAll(/\b(docs\/[\w-]+\.md)(?:, ([A-Z][\w ]+)\))?/g),
      ].map(([, page = "", title]) => ({ file, page, title })),
    );
    expect(cited.length).toBeGreaterThan(40);
    expect(
      cited.filter(
        ({ page, title }) => !existsSync(join(ROOT, page)) || (title !== undefined && !headings(page).includes(title)),
      ),
    ).toEqual([]);
  });
});

/** What a language says stands in src/i18n alone, so that one more is a folder and a line (CONTRIBUTING.md). */
describe("languages", () => {
  const files = ["src", "adapters", "commands"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name}`)
      .filter((file) => file.endsWith(".ts") && !file.startsWith("src/i18n/"))
      .map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") })),
  );

  /** Words of several languages for a reason of their own. */
  const KNOWN = new Set([
    "src/matches/name-variants.ts", // one name as alphabets and offices write it
    "src/documents/svg.ts", // how wide letters are
    "src/demo/load.ts", // somebody's name
  ]);
  /** Words that English has too, and a face of type. */
  const SHARED = new Set(["type", "service", "locale", "seconds", "sans"]);

  const stringsIn = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : value instanceof RegExp
        ? [value.source]
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([key, one]) => [key, ...stringsIn(one)])
          : [];
  /** What readers know of one; names of commands and keys, which its words lead to, are English in all. */
  function wordsOf({ time, schedule, speech, line }: Grammar): Set<string> {
    const { chrono: _chrono, cities: _cities, ...times } = time;
    const { lines, verbs, answers, ...said } = speech;
    const { keys, ...written } = line;
    const all = [times, schedule, said, written].flatMap(stringsIn);
    const typed = Object.keys({ ...lines, ...verbs, ...answers, ...keys });
    return new Set([...all, ...typed].flatMap((text) => text.toLowerCase().match(/\p{L}{3,}/gu) ?? []));
  }
  const [first, ...others] = GRAMMARS.map(wordsOf);
  const foreign = new Set(
    others.flatMap((words) => [...words]).filter((word) => !first?.has(word) && !SHARED.has(word)),
  );
  const isWord = (text: string): boolean =>
    /[À-ÖØ-öø-ÿŒœ]/.test(text) ||
    (text.toLowerCase().match(/(?<![\p{L}\d_-])\p{L}{3,}(?![\p{L}\d_])/gu) ?? []).some((word) => foreign.has(word));

  it("no text or pattern outside of i18n has a word of a language but the one of commands", () => {
    expect(foreign.size).toBeGreaterThan(200);
    const found = files.flatMap(({ file, text }) =>
      literalsOf(text)
        .filter((literal) => isWord(literal.text))
        .map((literal) => ({ file, said: `${file}:${literal.line} ${literal.text.slice(0, 60)}` })),
    );
    expect(found.filter(({ file }) => !KNOWN.has(file)).map(({ said }) => said)).toEqual([]);
    // Who has no such word any more is no exception.
    expect([...KNOWN].filter((file) => !found.some((one) => one.file === file))).toEqual([]);
  });

  it("a pattern knows no word of any language, the one of commands included", () => {
    const joints = /(?:^|[/|(^ :])(?:the|every|each|with|and|until|from|by|yes|all|tomorrow|monday)(?=$|[|) ?\\/])/;
    const found = files.flatMap(({ file, text }) =>
      literalsOf(text)
        .filter(({ kind, text: said }) => kind === "regex" && joints.test(said))
        .map(({ line }) => `${file}:${line}`),
    );
    expect(found).toEqual([]);
  });

  it("nobody asks which language it is", () => {
    const tag = `["'](?:${GRAMMARS.map(({ lang }) => lang).join("|")})["']`;
    const asks = new RegExp(
      `(?:[!=]==?|startsWith\\(|\\bcase|"(?:=|!=)",)\\s*${tag}|${tag}\\s*[!=]==?|/\\^(?:${GRAMMARS.map(({ lang }) => lang).join("|")})\\b`,
    );
    expect(files.filter(({ text }) => asks.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it("reads strings, templates and patterns, and no comment", () => {
    const text = [
      'const a = "un"; // "deux"',
      `/* 'trois' */ const b = \`quatre \${c ? \`cinq\` : { d: 'six' }.d} sept\`;`,
      "const e = f / g / h; const i = /hu'it\\/[/]x/u;",
    ].join("\n");
    expect(literalsOf(text)).toEqual([
      { kind: "string", text: '"un"', line: 1 },
      { kind: "string", text: "quatre ", line: 2 },
      { kind: "string", text: "cinq", line: 2 },
      { kind: "string", text: "'six'", line: 2 },
      { kind: "string", text: " sept", line: 2 },
      { kind: "regex", text: "/hu'it\\/[/]x/u", line: 3 },
    ]);
  });
});
