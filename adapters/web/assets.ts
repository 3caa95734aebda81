import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";

const ours = (name: string) => fileURLToPath(new URL(`./public/${name}`, import.meta.url));
const theirs = (name: string) => createRequire(import.meta.url).resolve(name);

/** Every file the page may load, by name: nothing else on the disk has an address. */
const FILES: Record<string, { path: () => string; type: string }> = {
  "index.html": { path: () => ours("index.html"), type: "text/html; charset=utf-8" },
  "icon.svg": { path: () => ours("icon.svg"), type: "image/svg+xml" },
  ...Object.fromEntries(
    ["workbench.css", "slack.css", "teams.css"].map((name) => [name, { path: () => ours(name), type: STYLE }]),
  ),
  ...Object.fromEntries(
    [
      "api.js",
      "bkinputs.js",
      "blockkit.js",
      "cards.js",
      "clock.js",
      "combobox.js",
      "composer.js",
      "confirm.js",
      "dialog.js",
      "dom.js",
      "hostconfig.js",
      "line.js",
      "markdown.js",
      "menu.js",
      "modal.js",
      "pane.js",
      "richtext.js",
      "text.js",
      "workbench.js",
    ].map((name) => [name, { path: () => ours(name), type: SCRIPT }]),
  ),
  "adaptivecards.js": { path: () => theirs("adaptivecards/dist/adaptivecards.min.js"), type: SCRIPT },
};

export async function asset(name: string): Promise<{ body: string; type: string } | undefined> {
  const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  return file && { body: await readFile(file.path(), "utf8"), type: file.type };
}
