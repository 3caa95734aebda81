import type { Form, FormValues, Message } from "../../src/chat/index.js";
import { LINK, readActionId } from "../slack/ids.js";
import { formValues as slackFormValues } from "../slack/receive.js";
import * as slackRender from "../slack/render.js";
import { readAction as readTeamsAction, readValues as readTeamsValues } from "../teams/actions.js";
import * as teamsRender from "../teams/render.js";
import { type FlavourName, flavourName } from "./persona.js";

/** The platform's own JSON, exactly as its adapter would send it. */
export type Payload = object;

/**
 * A platform as the workbench plays it: payloads out by that adapter's renderer, clicks in by that
 * adapter's reader, so that what works here works there.
 */
type Flavour = {
  message(message: Message): Payload;
  home(message: Message): Payload;
  form(form: Form, errors?: Record<string, string>, values?: FormValues): Payload;
  readAction(raw: unknown): { id: string; value?: string } | undefined;
  readForm(raw: unknown): FormValues;
  /** Of a lookup field, what it searches in. */
  readSource(raw: unknown): string | undefined;
};

const at = (from: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    from,
  );

const textAt = (from: unknown, ...path: string[]): string | undefined => {
  const value = at(from, ...path);
  return typeof value === "string" ? value : undefined;
};

/** `raw` is Block Kit's action object, a view's `state`, a suggestion's ids. */
const slack: Flavour = {
  message: slackRender.renderMessage,
  home: slackRender.renderHome,
  form: slackRender.renderForm,
  readAction(raw) {
    const wire = textAt(raw, "action_id");
    if (!wire) return undefined;
    const { id, prefix } = readActionId(wire);
    if (id === LINK) return undefined;
    const chosen = textAt(raw, "selected_option", "value");
    const value = chosen === undefined ? textAt(raw, "value") : `${prefix}${chosen}`;
    return value === undefined ? { id } : { id, value };
  },
  readForm: (raw) => slackFormValues({ view: { state: raw } }),
  readSource(raw) {
    const wire = textAt(raw, "action_id");
    return wire && readActionId(wire).id;
  },
};

/** `raw` is the card's `data` with its inputs, a query's dataset. */
const teams: Flavour = {
  message: teamsRender.renderMessage,
  // Teams has no home screen for a bot; its answer would be a message.
  home: teamsRender.renderMessage,
  form: (form, errors, values) => teamsRender.renderForm(form, errors, values),
  readAction: readTeamsAction,
  readForm: (raw) => readTeamsValues(typeof raw === "object" && raw !== null ? (raw as Record<string, never>) : {}),
  readSource: (raw) => textAt(raw, "dataset"),
};

const FLAVOURS: Record<FlavourName, Flavour> = { slack, teams };

export const flavourOf = (tenant: string): Flavour => FLAVOURS[flavourName(tenant)];
