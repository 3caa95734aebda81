import type { z } from "zod";
import type { Action, Message } from "../chat/index.js";
import { type Messages, messagesFor } from "../i18n/index.js";
import type { Body, Person } from "../people/model.js";
import { namedBody } from "../people/several.js";
import type { Label, Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** For whose eyes a message is made. */
export type Reader = {
  /** Absent: a channel, drawn for the least cleared of its readers. */
  person?: Person;
  viewer: Viewer;
  lang: string;
  zone: string;
  /** People of several zones may read it: a time never stands without its zone. */
  shared?: true;
  /** Above it a message shows reference, agencies, dates, state and buttons only (docs/access.md, Ceilings). */
  ceiling: Label;
  t: Messages;
  /** Mail: references, dates and states alone, whatever the label (docs/delivery.md, Mail). */
  wordless?: true;
  /** The address to which a mail goes. */
  mailbox?: string;
  /** A card that is there already: one that its reader may see no longer is emptied, where a new one would not be sent. */
  refresh?: boolean;
};

/** One kind of message out, rendered at the moment of sending from what is true then. */
export type Notification<Params = unknown> = {
  id: string;
  /** References only. */
  schema: z.ZodType<Params>;
  /** Set: the message is a live card of this item and is kept true. */
  item?(params: Params): { kind: string; id: string };
  /** A second item that the card shows something of, by id: a change of that one draws it anew too. */
  follows?(params: Params): string | undefined;
  /** Set: it is no message but takes the place of this person's open forms that are `live` with the id returned. */
  overwrites?(params: Params): string;
  /** Set: it is told to somebody who has left the body too. */
  parting?: true;
  /** Set: in a conversation it stands beside what those whom it concerns have as a message of their own. */
  beside?: true;
  /** @returns undefined when there is nothing to say any more, or nothing that this reader may see */
  render(work: UnitOfWork, params: Params, reader: Reader): Promise<Message | undefined>;
};

/** What a reader gets: drawn from what is true now, with the body's name for somebody of several. */
export async function drawn<Params>(
  work: UnitOfWork,
  notification: Notification<Params>,
  params: Params,
  reader: Reader,
): Promise<Message | undefined> {
  const message = await notification.render(work, params, reader);
  return message && reader.person?.several ? namedBody(message, work.body.name) : message;
}

/** What stands in the place of a copy that its reader may see no longer. */
export const emptied = ({ t, lang }: Pick<Reader, "t" | "lang">): Message => ({
  text: t.tasks.notForYou,
  lang,
  blocks: [{ type: "context", text: t.tasks.notForYou }],
});

/** Of the steps that its card offers this reader now, those that a notice asks for. */
export const stepsAsked = (steps: readonly Action[], asked: readonly string[]): Action[] =>
  steps.filter((step) => step.type !== "link" && asked.includes(step.id));

export const defineNotification = <Params>(notification: Notification<Params>): Notification<Params> => notification;

/** A direct message is drawn for its reader: rights, language, zone. */
export const readerOf = (person: Person, ceiling: Label = "GREEN"): Reader => ({
  person,
  viewer: person,
  lang: person.lang,
  zone: person.zone,
  ceiling,
  t: messagesFor(person.lang),
});

/** A channel is drawn in the body's language and zone for an ordinary member of the agency it belongs to. */
export const channelReader = (body: Body, ceiling: Label, agencyId: string | undefined): Reader => ({
  viewer: { id: "", agencyId: agencyId ?? "", roles: ["staff"] },
  lang: body.lang,
  zone: body.zone,
  shared: true,
  ceiling,
  t: messagesFor(body.lang),
});
