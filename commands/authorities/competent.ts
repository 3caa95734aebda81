import { statesHere } from "../../src/authorities/args.js";
import { readQuery } from "../../src/authorities/query.js";
import { type Case, OTHER, QUESTIONS, type Question, STAGES, type Stage } from "../../src/authorities/rules.js";
import { ownStates } from "../../src/authorities/store.js";
import { calledIn, which } from "../../src/authorities/views.js";
import { choice, optional, rest, text } from "../../src/command/args.js";
import { type Arg, type Args, type Context, defineCommand } from "../../src/command/define.js";
import { readerIn, shownNow } from "../../src/command/reply.js";
import type { Messages } from "../../src/i18n/index.js";
import { refuse } from "../../src/lib/refusal.js";
import { measureThere } from "../../src/sheets/args.js";
import { competentPage, questionsFor } from "../../src/sheets/competent.js";
import { measureName, readSheetLine } from "../../src/sheets/measures.js";

const IN_FORM = { shape: "form", neededInForm: true } as const;

/** The State, what is asked, and where that does not decide it, up to three questions: one dialog that is drawn again. */
export const competent = defineCommand({
  name: "competent",
  aliases: ["atlas"],
  group: "directory",
  summary: (t) => t.commands.competent,
  example: "competent france video hearing",
  may: "authority.see",
  submit: (t) => t.directory.competent.next,
  args: {
    line: line(),
    // A line is read as a whole: a State has several words, and so has what is asked.
    country: { ...optional(statesHere()), ...IN_FORM },
    measure: { ...optional(measureThere()), ...IN_FORM },
    asked: asked(),
  },
  async intro(c, { asked }) {
    return asked ? c.t.directory.competent.more : c.t.directory.competent.intro;
  },
  async asks(c, { asked }) {
    const about = aboutOf(asked);
    return about ? questionsAbout(c, about) : {};
  },
  async run(c, { line, asked, ...said }) {
    if (line !== undefined) return fromLine(c, line);
    const { country, measure, ...answers } = said;
    if (!country || !measure) return c.form("competent", { country, measure });
    const before = aboutOf(asked);
    const about = { country, measure, urgent: before?.urgent ?? false };
    const same = before?.country === country && before.measure === measure;
    // Of another State or measure than the questions were about the answers say nothing.
    return same ? whom(c, about, answers) : next(c, about);
  },
});

type About = { country: string; measure: string; urgent: boolean };

/** `XS/mla/urgent`: what the questions of the dialog are about. */
const named = ({ country, measure, urgent }: About): string =>
  [country, measure, ...(urgent ? ["urgent"] : [])].join("/");

function aboutOf(said: string | undefined): About | undefined {
  const [country, measure, urgent] = (said ?? "").split("/");
  return country && measure ? { country, measure, urgent: urgent !== undefined } : undefined;
}

const knownOf = ({ urgent }: Pick<About, "urgent">): Case => (urgent ? { urgent: "yes" } : {});

/** What has to be asked is asked; else who it is. */
async function next(c: Context, about: About) {
  const { country, measure } = about;
  const asks = await questionsFor(c.work, country, measure, knownOf(about));
  return asks.length ? c.form("competent", { country, measure, asked: named(about) }) : whom(c, about, {});
}

function whom(c: Context, about: About, answers: object) {
  const known = { ...Object.fromEntries(QUESTIONS.flatMap((one) => answerTo(answers, one))), ...knownOf(about) };
  return shownNow(c, (reader) => competentPage(c.work, { ...about, known }, reader));
}

const answerTo = (answers: object, one: Question): [Question, string][] => {
  const said = (answers as Partial<Record<Question, string>>)[one];
  return said === undefined ? [] : [[one, said]];
};

/**
 * `competent france video hearing`: what it does not say is asked.
 * @throws Refusal where it says more than one State and one thing that is asked for, and whether it is urgent
 */
async function fromLine(c: Context, line: string) {
  const own = await ownStates(c.work);
  const { countries, unclear, meant, words } = readSheetLine(line, own.named);
  const reader = readerIn(c);
  const called = calledIn(own, reader.lang);
  if (unclear)
    return { private: true as const, post: which(c.work, line, unclear, { called, again: "competent" }, reader) };
  const measures = [...new Set(meant.filter((one) => one !== null))];
  const beside = readQuery(words.join(" "));
  const odd = [
    ...beside.words,
    ...(countries.length > 1 ? countries.map(called) : []),
    ...(measures.length > 1 ? measures.map((one) => measureName(c.t, one)) : []),
  ];
  if (odd.length) refuse((t) => t.errors.competentLine({ said: odd.join(", ").slice(0, 80) }));
  const [country, measure] = [countries[0], measures[0]];
  return country && measure
    ? next(c, { country, measure, urgent: beside.urgent })
    : c.form("competent", { country, measure });
}

/** Typed; a dialog asks for its parts. */
function line(): Arg<string | undefined> {
  return { ...optional(rest({ label: (t) => t.args.text, max: 200 })), given: true };
}

/** Which State and what the questions of the dialog are about. */
function asked(): Arg<string | undefined> {
  const held = text({ label: (t) => t.args.authorityCountry, max: 80 });
  return { ...optional(held), words: undefined, fits: () => false, given: true, silent: true };
}

async function questionsAbout(c: Context, about: About): Promise<Args> {
  const asks = await questionsFor(c.work, about.country, about.measure, knownOf(about));
  return Object.fromEntries(asks.map(({ question, values }) => [question, questionArg(question, values)]));
}

/** What rules name, or none of that; where nobody chooses it is not known. */
function questionArg(question: Question, values: readonly string[]): Arg<unknown> {
  const all = question === "stage" ? STAGES : [...(question === "urgent" ? ["yes"] : values), OTHER];
  const one = choice<string>({
    label: (t) => t.directory.questions[question],
    values: all,
    read: (said) => all.find((value) => value === said),
    show: (t, value) => answerShown(t, question, value),
  });
  return { ...optional(one), shape: "form" };
}

function answerShown({ directory }: Messages, question: Question, value: string): string {
  if (question === "urgent") return value === OTHER ? directory.urgentCase.no : directory.urgentCase.yes;
  if (value === OTHER) return directory.otherCase;
  return question === "stage" ? directory.stages[value as Stage] : value;
}
