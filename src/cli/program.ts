import { CommanderError, Option, Command as Program } from "commander";
import { Refusal } from "../lib/refusal.js";
import { MANDATES } from "../people/mandates.js";
import { ROLES, type Role } from "../policy/roles.js";
import { StartError } from "../store/lock.js";
import type { CliParts } from "./parts.js";
import { accountForms, connectable } from "./platforms.js";
import { VERSION } from "./version.js";

/** What the commands do: loaded once one is run, since it is nearly all of Coord, and help is there at once without. */
const loadActs = async () => ({
  ...(await import("./values.js")),
  ...(await import("./setup.js")),
  ...(await import("./import.js")),
  ...(await import("./doctor.js")),
  ...(await import("./ladder.js")),
  ...(await import("./outbox.js")),
  ...(await import("./audit.js")),
});
type Acts = Awaited<ReturnType<typeof loadActs>>;

/** What there is to type, and which Coord this is, where a line only asks for that: nothing is opened or started for it. */
export async function help(argv: readonly string[], write: (text: string) => void): Promise<number | undefined> {
  const asks =
    argv.length === 0 || argv[0] === "help" || argv.some((word) => ["--help", "-h", "--version"].includes(word));
  if (!asks) return undefined;
  // No command is run: nothing is asked of the parts, and what stands behind options is not looked at.
  const asTyped = (value: string) => value;
  const acts = { zone: asTyped, country: asTyped, agencyCountry: asTyped } as Acts;
  const program = programOf({} as CliParts, acts, {}, write, noFiles);
  return run(program, argv.length ? argv : ["--help"], write);
}

const noFiles = { files: {}, save: () => undefined };

/**
 * The command line of the operator: installs, links, watches; it sees no content.
 * @param files what the operator's files hold, by the path as typed
 * @param save writes a file where the operator stands
 * @returns the exit code
 */
export async function runCli(
  parts: CliParts,
  argv: string[],
  files: Record<string, string>,
  write: (text: string) => void,
  save: (path: string, text: string) => void,
): Promise<number> {
  const ended = { code: 0 };
  const program = programOf(parts, await loadActs(), ended, write, { files, save });
  return run(program, argv, write, ended);
}

async function run(
  program: Program,
  argv: readonly string[],
  write: (text: string) => void,
  ended = { code: 0 },
): Promise<number> {
  const fail = (text: string) => {
    write(`${text}\n`);
    return 1;
  };
  try {
    await program.parseAsync([...argv], { from: "user" });
    return ended.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof StartError) return fail(error.message);
    if (error instanceof Refusal) {
      const { messagesFor } = await import("../i18n/index.js");
      return fail(error.say(messagesFor("en")));
    }
    throw error;
  }
}

/** Every command as the operator types it. */
function programOf(
  parts: CliParts,
  acts: Acts,
  ended: { code?: number },
  write: (text: string) => void,
  { files, save }: { files: Record<string, string>; save: (path: string, text: string) => void },
): Program {
  const say = (text: string) => write(`${text}\n`);
  const zone = (value: string) => acts.zone(value);
  const program = new Program("coord")
    .description(`Inter-agency coordination from ${connectable()}`)
    .version(VERSION, "--version", "print which Coord this is")
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write })
    .showHelpAfterError("(coord --help shows every command)");
  const { runtime } = parts;

  program.command("start").description("run Coord (this is what npm start does)");

  program
    .command("init")
    .description("make a coordination body and, if wanted, its first agencies")
    .requiredOption("--name <name>", 'the body\'s name, e.g. "Northern Coordination Body"')
    .option("--slug <slug>", "its short name in lower case, e.g. north", "body")
    .option("--zone <zone>", "its time zone", zone, "UTC")
    .option("--lang <lang>", "en or fr", "en")
    .option("--country <code>", "for public holidays, e.g. GR", (value) => acts.country(value))
    .option("--agency <agency...>", 'handle=Name:mandate, e.g. "police=National Police:law_enforcement"')
    .action(async (o) => say(await acts.initBody(runtime, o)));

  program
    .command("agency")
    .description("add an agency to a body, or change it; with its short name alone it is shown")
    .argument("<handle>", "e.g. @police")
    .option("--name <name>")
    .addOption(new Option("--mandate <mandate>").choices([...MANDATES]))
    .option("--zone <zone>", "time zone", zone)
    .option("--country <code>", "whose public holidays it keeps, e.g. GR, or none", (value) =>
      acts.agencyCountry(value),
    )
    .option("--lang <lang>", "en or fr")
    .option("--days <days>", "working days: Mon-Fri, Sun-Thu, 1,2,3,4,5 (1 is Monday)")
    .option("--hours <hours>", "working hours, e.g. 08:00-16:00; its people who had its hours follow")
    .option("--closed <days>", 'days off of its own, e.g. "2026-12-24, 2 Jan"')
    .option("--open <days>", "days on which it works though they are public holidays, or no day off any more")
    .option("--observer", "sees what it was invited to, and does no tasks")
    .option("--no-observer", "takes part in full again")
    .option("--body <slug>")
    .action(async (handle: string, o) => say(await acts.addAgency(runtime, handle, o)));

  program
    .command("invite")
    .description("a single-use code, 72 hours, for somebody of an agency")
    .argument("<agency>", "e.g. @police")
    .addOption(new Option("--role <role>").choices([...ROLES]).default("focal_point" satisfies Role))
    .option("--name <name>", "whom it is for")
    .option("--body <slug>")
    .action(async (agency: string, o) => say(await acts.invite(runtime, agency, o)));

  program
    .command("link")
    .description("add a person with an account, active at once")
    .argument("<agency>", "e.g. @police")
    .requiredOption("--name <name>")
    .requiredOption("--account <account...>", `${accountForms()}; several for one person`)
    .addOption(new Option("--role <role...>").choices([...ROLES]).default(["staff"]))
    .option("--zone <zone>", "time zone", zone)
    .option("--lang <lang>")
    .option("--phone <phone>", "how to reach them when on duty")
    .option("--body <slug>")
    .action(async (agency: string, o) => say(await acts.linkPerson(runtime, agency, o)));

  const imports = program.command("import").description("read a file");
  imports
    .command("people")
    .description(
      "CSV with the columns name, agency, role, accounts, email, zone, lang; one fault and nothing is taken. A row is one person: list all " +
        "accounts of theirs in it, with blanks between; a known one beside a new one adds the new one to that person, and an " +
        "account alone in its row is a person of its own, whatever the name",
    )
    .argument("<file>")
    .option("--body <slug>")
    .action(async (file: string, o) => {
      const { text, ok } = await acts.importPeople(runtime, contentOf(files, file), o);
      say(text);
      ended.code = ok ? 0 : 1;
    });

  program
    .command("doctor")
    .description("check every configured part and say what to do")
    .action(async () => {
      const { text, ok } = await acts.doctor(parts);
      say(text);
      ended.code = ok ? 0 : 1;
    });

  program
    .command("migrate")
    .description("bring the database up to date (every start does it too)")
    .action(() => say(parts.applied.length ? `Applied: ${parts.applied.join(", ")}` : "The database is up to date."));

  program
    .command("ladder")
    .description("a body's reminders for a priority; without a ladder they are shown")
    .argument("<priority>", "life-safety, urgent, normal or low")
    .argument("[ladder]", 'e.g. "2d before, due, daily late, 3d late focal", or default')
    .option("--body <slug>")
    .action(async (priority: string, ladder: string | undefined, o) =>
      say(await acts.ladderOf(runtime, priority, ladder, o)),
    );

  const outbox = program.command("outbox").description("messages that wait or could not be delivered; no content");
  outbox
    .command("list")
    .option("--state <state>", "pending, sending or failed", "failed")
    .option("--body <slug>")
    .action(async (o) => say(await acts.listOutbox(runtime, o)));
  outbox
    .command("retry")
    .argument("[id]", "one row, or all that failed")
    .option("--body <slug>")
    .action(async (id: string | undefined, o) => say(await acts.retryOutbox(runtime, id, o)));
  outbox
    .command("drop")
    .argument("<id>")
    .option("--body <slug>")
    .action(async (id: string, o) => say(await acts.dropOutbox(runtime, id, o)));

  const audit = program.command("audit").description("the record: verify it, sign its head, hand out one item's");
  audit
    .command("verify")
    .description("read the whole record again; with --head also that nothing is missing or other than it was")
    .option("--head <head...>", "a file of heads, or a head as `coord audit head` or the weekly digest shows it")
    .option("--body <slug>")
    .action(async (o) => {
      const { text, ok } = await acts.verifyRecord(runtime, files, o);
      say(text);
      ended.code = ok ? 0 : 1;
    });
  audit
    .command("head")
    .description("seal what is new and print the signed head, to be kept outside this machine")
    .option("--body <slug>")
    .action(async (o) => say(await acts.signedHead(runtime, o)));
  audit
    .command("key")
    .description("the public key that heads are signed with; keep it where the heads are kept")
    .action(async () => say(await acts.publicKey(runtime)));
  audit
    .command("export")
    .description("the record of one item with its proof, to be read and checked without Coord; no words, metadata only")
    .argument("<item>", "e.g. T-12")
    .requiredOption("--out <file>", "where to write it: .json, or .html to be read in a browser")
    .option("--head <head...>", "heads that the reader has kept: the proof then leads through them")
    .option("--body <slug>")
    .action(async (item: string, o) => say(await acts.exportRecord(runtime, files, save, item, o)));

  program
    .command("keys")
    .description("encryption keys")
    .command("rotate")
    .description(
      "wrap every data key with the newest of COORD_SECRET_KEYS; put the new key first, keep the old one behind it",
    )
    .action(async () => {
      const count = await runtime.vault.rotate(runtime.store);
      say(
        count
          ? `${count} data keys are wrapped anew. The old secret key may go now.`
          : "Every data key is wrapped with the newest secret key already.",
      );
    });

  return program;
}

function contentOf(files: Record<string, string>, path: string): string {
  const text = files[path];
  if (text === undefined)
    throw new StartError(`There is no file ${path} here. Write where it lies, e.g. lists/people.csv.`);
  return text;
}
