import type { ConversationRef, Field, Form } from "../../src/chat/index.js";
import { flavourOf, type Payload } from "./flavour.js";
import { agencyChannel, flavourName, type Persona, personaKey, personalConversation } from "./persona.js";
import type { Line, OpenForm, Screens } from "./screens.js";

/** A persona as the page's pickers show it. */
export type PersonaView = {
  key: string;
  name: string;
  agency: string;
  agencyName: string;
  roles: string[];
  lang: string;
  zone: string;
  flavour: "slack" | "teams";
  /** How much Coord has told this persona so far. */
  told: number;
};

export type LineView = {
  id: string;
  revision: number;
  at: string;
  thread?: string;
  edited: boolean;
  private: boolean;
} & (
  | { by: "coord"; lang: string; text: string; payload: Payload }
  | { by: "person"; mine: boolean; name: string; words: string; command: boolean }
);

export type StateView = {
  persona: PersonaView;
  personal: LineView[];
  channel: LineView[];
  home?: { revision: number; lang: string; payload: Payload };
  form?: {
    id: string;
    revision: number;
    lang: string;
    title: string;
    /** By field: a platform's client marks the fields itself, beside what the payload shows. */
    errors: Record<string, string>;
    payload: Payload;
  };
};

export const personaView = (persona: Persona, screens: Screens): PersonaView => ({
  key: personaKey(persona.account),
  name: persona.name,
  agency: persona.agency,
  agencyName: persona.agencyName,
  roles: persona.roles,
  lang: persona.lang,
  zone: persona.zone,
  flavour: flavourName(persona.account.tenant),
  told: screens.told(persona),
});

/** Everything on one persona's screen. */
export function stateView(persona: Persona, screens: Screens): StateView {
  const home = screens.home(persona);
  const open = screens.form(persona);
  const lines = (conversation: ConversationRef) =>
    screens.lines(persona, conversation).map((line) => lineView(line, persona));
  return {
    persona: personaView(persona, screens),
    personal: lines(personalConversation(persona.account)),
    channel: lines(agencyChannel(persona)),
    ...(home && { home: { revision: home.revision, lang: home.message.lang, payload: home.payload } }),
    ...(open && {
      form: {
        id: open.id,
        revision: open.revision,
        lang: open.form.lang,
        title: open.form.title,
        errors: open.errors ?? {},
        payload: flavourOf(persona.account.tenant).form(withFound(open), open.errors, open.values),
      },
    }),
  };
}

/** Picked options keep their words when the form is drawn again; the renderers find them in the form. */
function withFound({ form, found, values }: OpenForm): Form {
  if (!values) return form;
  const fields = form.fields.map((field): Field => {
    if (field.type !== "lookup") return field;
    const known = [field.value ?? []].flat();
    const picked = [values[field.name] ?? []]
      .flat()
      .map(
        (value) =>
          known.find((o) => o.value === value) ?? found.get(`${field.source} ${value}`) ?? { value, label: value },
      );
    return field.several ? { ...field, value: picked } : { ...field, value: picked[0] };
  });
  return { ...form, fields };
}

function lineView(line: Line, persona: Persona): LineView {
  const shared = {
    id: line.id,
    revision: line.revision,
    at: line.at.toISOString(),
    edited: line.edited ?? false,
    private: line.privateTo !== undefined,
    ...(line.thread ? { thread: line.thread } : {}),
  };
  if (line.by === "coord")
    return { ...shared, by: "coord", lang: line.message.lang, text: line.message.text, payload: line.payload };
  const mine = personaKey(line.account) === personaKey(persona.account);
  return { ...shared, by: "person", mine, name: line.name, words: line.words, command: line.command ?? false };
}
