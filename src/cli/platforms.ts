import { PLATFORMS } from "../chat/index.js";

/** What the operator is told of the platforms, from their table as it is when they ask. */

const all = () => [...PLATFORMS.values()];

const either = new Intl.ListFormat("en-GB", { type: "disjunction" });
const together = new Intl.ListFormat("en-GB", { type: "conjunction" });

const accounts = () => all().flatMap(({ id, account: { parts } }) => (parts ? [`${id}:${parts}`] : []));

/** How an account is written, on each platform and on one of them. */
export const accountForms = (): string => either.format(accounts());
export const anAccount = (): string => accounts()[0] ?? "";
export const sampleAccount = (): string =>
  all().flatMap(({ id, account: { sample } }) => (sample ? [`${id}:${sample}`] : []))[0] ?? "";

/** Those that people write to Coord on. */
export const connectable = (): string =>
  together.format(all().flatMap(({ calls, name, fullName = name }) => (calls && fullName ? [fullName] : [])));

/** How the variables begin that connect one. */
export const variableForms = (): string => either.format(all().flatMap(({ variables }) => variables ?? []));

/** @param line what somebody types, given how a line to Coord begins: `in Slack: /coord join …   in Teams: …` */
export const lineIn = (line: (calls: string) => string): string =>
  all()
    .flatMap(({ name, calls }) => (name && calls ? [`in ${name}: ${line(calls)}`] : []))
    .join("   ");
