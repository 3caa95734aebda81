import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

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

describe("boundaries", () => {
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
          target !== "src/store/schema.ts",
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
      /^src\/(people|conversations|tasks|meetings|shares|matches|plan|training|reports|digests|turns|escalation|command|audit|delivery|policy|time|i18n|documents|files|lib|chat)\//;
    const never = /^src\/(bot|runtime|main|cli|demo)(\.ts|\/)/;
    expect(offences(({ file, target }) => domain.test(file) && never.test(target))).toEqual([]);
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
    expect(filesIn("commands")).toEqual(["index.ts"]);
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
