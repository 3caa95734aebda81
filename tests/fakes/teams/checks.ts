import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { conformance, conformanceDir } from "../../conformance.js";

/** What Teams and the Bot Connector would refuse: the published schemas where they are at hand, and rules of the platform always. */

type Json = { [key: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const addFormats = formats as unknown as (ajv: object) => void;

const require = createRequire(import.meta.url);
// The package's main file is an ES module that Node cannot resolve; its bundle works.
const microsoft = require("adaptivecards/dist/adaptivecards.js") as typeof import("adaptivecards");
let cardSchema: ValidateFunction | undefined;
let activitySchema: ValidateFunction | undefined;

function schemaErrors(validate: ValidateFunction | undefined, value: unknown): string[] {
  if (!validate || validate(value)) return [];
  return (validate.errors ?? []).slice(0, 5).map((error) => `${error.instancePath} ${error.message}`);
}

export function activityErrors(activity: unknown): string[] {
  activitySchema ??= conformanceDir === undefined ? undefined : activityValidator();
  return schemaErrors(activitySchema, activity);
}

function activityValidator(): ValidateFunction | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: "activity", ...conformance<Json>("teams/typespec/activity.openapi3.1.json") });
  return ajv.getSchema("activity#/components/schemas/Activity");
}

function cardSchemaErrors(card: unknown): string[] {
  cardSchema ??= conformanceDir === undefined ? undefined : cardValidator();
  return schemaErrors(cardSchema, withoutTeamsOwn(card));
}

function cardValidator(): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
  const { id: _, ...schema } = conformance<Json>("teams/adaptivecards/schema/adaptive-card-1.5.0.json") ?? {};
  return ajv.compile(schema);
}

/** Teams adds a few properties to the published 1.5 schema, which also forgot `filtered`: Microsoft's own 1.5 sample fails for it. */
function withoutTeamsOwn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTeamsOwn);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !["msteams", "originator", "choices.data"].includes(key))
      .map(([key, inner]) => [key, inner === "filtered" ? "compact" : key === "data" ? inner : withoutTeamsOwn(inner)]),
  );
}

export type Where = "message" | "dialog";

/** Each line is one reason to refuse the card. */
export function cardErrors(card: unknown, where: Where): string[] {
  if (!isObject(card)) return ["a card is an object"];
  const wrong: string[] = [];
  const must = (holds: boolean, rule: string) => {
    if (!holds) wrong.push(rule);
  };
  must(card.type === "AdaptiveCard", "type is AdaptiveCard");
  must(card.version === "1.5", "version is 1.5");
  must(/^[a-z]{2,3}$/.test(String(card.lang)), "lang is a language without its region");
  must(typeof card.fallbackText === "string", "fallbackText is set");
  must(Buffer.byteLength(JSON.stringify(card)) <= 28 * 1024, "a card has at most 28 KB");
  const inputs = new Set<string>();
  walk(card, undefined, (element, parent) => {
    const type = String(element.type);
    // What a client asks by itself has no button, and needs nothing for clients that cannot ask.
    if (type === "Action.Execute" && parent?.type === undefined) {
      must(element === (card.refresh as Json | undefined)?.action, "only a refresh stands outside an ActionSet");
      must(typeof element.verb === "string" && element.verb !== "", "Action.Execute has a verb");
    } else if (type === "Action.Execute") {
      const fallback = isObject(element.fallback) ? element.fallback : {};
      must(where === "message", "dialogs know no Action.Execute");
      must(parent?.type === "ActionSet", "Action.Execute stands in an ActionSet");
      must(fallback.type === "Action.Submit", "Action.Execute has an Action.Submit fallback");
      must(JSON.stringify(fallback.data) === JSON.stringify(element.data), "the fallback carries the same data");
      must(typeof element.verb === "string" && element.verb !== "", "Action.Execute has a verb");
    }
    if (type.startsWith("Action.") && parent?.type === "ActionSet")
      must(typeof element.title === "string" && element.title !== "", "a button has a title");
    if (type === "Action.OpenUrl") must(/^(https?|mailto):/.test(String(element.url)), "a link leads to the web");
    if (type === "Action.Submit" && isObject(element.data) && isObject(element.data.msteams))
      must(where === "message", "a dialog opens no dialog");
    if (type === "ActionSet") {
      const count = Array.isArray(element.actions) ? element.actions.length : 0;
      must(count >= 1 && count <= 6, "an ActionSet has one to six actions");
    }
    if (type === "TextBlock") must(typeof element.text === "string" && element.text !== "", "a TextBlock has text");
    if (type === "RichTextBlock")
      must(Array.isArray(element.inlines) && element.inlines.length > 0, "inlines are there");
    if (type.startsWith("Input.")) {
      must(!inputs.has(String(element.id)), `input id ${element.id} is unique`);
      inputs.add(String(element.id));
      // The words beside a toggle are its label.
      const label = type === "Input.Toggle" ? element.title : element.label;
      must(typeof label === "string" && label !== "", "an input has a label");
      must(element.isRequired !== true || Boolean(element.errorMessage), "a required input says what is missing");
    }
  });
  return [...wrong, ...cardSchemaErrors(card), ...parserErrors(card)];
}

/** Microsoft's own reader of cards, which the Teams client descends from: what it does not understand, it leaves out. */
function parserErrors(card: unknown): string[] {
  const context = new microsoft.SerializationContext(microsoft.Versions.v1_5);
  new microsoft.AdaptiveCard().parse(card, context);
  const messages = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n).message);
  // Its test of `lang` is a regular expression that remembers (every second card fails), and Teams reads
  // `choices.data` in cards of any version: msteams-docs, dynamic-search.
  return messages.filter((each) => !/property "lang"|"choices\.data" is supported in version 1\.6/.test(each));
}

/** Every element and action of a card with what it stands in; fallbacks are not walked, being alternatives. */
export function walk(
  element: Json,
  parent: Json | undefined,
  see: (element: Json, parent: Json | undefined) => void,
): void {
  see(element, parent);
  for (const [key, value] of Object.entries(element)) {
    if (key === "fallback" || key === "data") continue;
    for (const inner of Array.isArray(value) ? value : [value]) if (isObject(inner)) walk(inner, element, see);
  }
}
