import { importDirectory } from "../../src/authorities/import.js";
import { text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { insteadOf } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";

/** The button under what an import would bring. */
export const authoritytake = defineCommand({
  name: "authority-take",
  group: "directory",
  summary: (t) => t.commands["authority-take"],
  example: "authority take 4f0c1f3e-7c1d-4a59-9d0a-0d6f4f1f2a11",
  may: "authority.write",
  hidden: true,
  args: { draft: text({ label: (t) => t.args.reference, max: 36 }) },
  async run(c, { draft }) {
    if (!/^[0-9a-f-]{36}$/.test(draft)) refuse((t) => t.errors.directoryGone);
    const { fresh, changed } = await importDirectory(c, draft);
    return insteadOf(c, c.t.directory.imported({ fresh, changed }));
  },
});
