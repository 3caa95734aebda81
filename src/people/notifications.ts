import { z } from "zod";
import type { Button, Message } from "../chat/index.js";
import { defineNotification } from "../delivery/notification.js";
import type { Messages } from "../i18n/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { platformName } from "./platform-name.js";
import { loadAgency, loadPerson } from "./store.js";

/** The first message to somebody new. */
export const welcome = defineNotification({
  id: "people.welcome",
  schema: z.object({ person: z.string(), by: z.string().optional() }),
  async render(work, { person: id, by }, { t, lang }) {
    const person = await loadPerson(work.tx, id);
    const adder = by ? await loadPerson(work.tx, by) : undefined;
    if (!person) return undefined;
    const names = { agency: person.agency.name, body: work.body.name };
    const text = adder
      ? t.people.addedYou({ by: adder.name, ...names })
      : t.people.welcome({ name: person.name, ...names });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});

/** Asks the focal point whether the account shown belongs to who they invited. */
export const joinAsked = defineNotification({
  id: "people.join_asked",
  schema: z.object({ enrolment: z.string() }),
  item: ({ enrolment }) => ({ kind: "enrolment", id: enrolment }),
  async render(work, { enrolment }, { t, lang }) {
    const row = await work.tx.selectFrom("enrolments").selectAll().where("id", "=", enrolment).executeTakeFirst();
    if (!row?.platform) return undefined;
    const agency = await loadAgency(work.tx, row.agency_id);
    const name = row.name ?? row.display_name ?? row.user_id ?? "";
    const shown = row.display_name && row.display_name !== name ? `${name} (${row.display_name})` : name;
    const text = t.people.joinAsk({
      name: shown,
      agency: agency.name,
      role: t.roles[row.role],
      platform: platformName(t, row.platform),
    });
    if (row.state === "active")
      return {
        text: t.people.confirmed({ name }),
        lang,
        blocks: [{ type: "text", text: t.people.confirmed({ name }) }],
      };
    if (row.state === "refused")
      return {
        text: t.people.refusedJoin({ name }),
        lang,
        blocks: [{ type: "text", text: t.people.refusedJoin({ name }) }],
      };
    return {
      text,
      lang,
      blocks: [
        { type: "text", text },
        { type: "actions", actions: joinSteps(work, row.id, t) },
      ],
    };
  },
});

/** Somebody who shows their account is let in, or is not who was invited. */
export const joinSteps = (work: UnitOfWork, enrolment: string, { people }: Messages): Button[] => {
  const value = `${work.body.slug}/${enrolment}`;
  return [
    { type: "button", id: "letin", label: people.confirm, value, style: "primary" },
    { type: "button", id: "refuse", label: people.refuse, value },
  ];
};

/** The coordinator asks a focal point to bind their team's channel. */
export const pleaseBind = defineNotification({
  id: "people.please_bind",
  schema: z.object({ agency: z.string() }),
  async render(work, { agency: id }, { t, lang }) {
    const { name, handle, channel } = await loadAgency(work.tx, id);
    if (channel) return undefined;
    const text = t.setup.pleaseBind({ agency: name, handle, body: work.body.name });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});

/** Asks somebody whether it was them who typed their code elsewhere. */
export const secondAsked = defineNotification({
  id: "people.second_asked",
  schema: z.object({ enrolment: z.string() }),
  async render(work, { enrolment }, { viewer, t, lang }) {
    const row = await work.tx
      .selectFrom("enrolments")
      .selectAll()
      .where("id", "=", enrolment)
      .where("issued_by", "=", viewer.id)
      .where("state", "=", "asked")
      .executeTakeFirst();
    if (!row?.platform) return undefined;
    const text = t.people.second.asked({
      platform: platformName(t, row.platform),
      name: row.display_name ?? row.user_id ?? "",
    });
    return asking(text, lang, `${work.body.slug}/${row.id}`, t.people.second);
  },
});

/** To the person themselves, on an account they had before, and to who answers for their agency. */
export const secondJoined = defineNotification({
  id: "people.second_joined",
  schema: z.object({ person: z.string(), platform: z.string() }),
  async render(work, { person: id, platform: name }, { viewer, t, lang }) {
    const person = await loadPerson(work.tx, id);
    if (!person || (viewer.id !== id && viewer.agencyId !== person.agencyId)) return undefined;
    const platform = platformName(t, name);
    const text =
      viewer.id === id ? t.people.second.yours({ platform }) : t.people.second.told({ name: person.name, platform });
    return { text, lang, blocks: [{ type: "text", text }] };
  },
});

/** The buttons by which a second account is confirmed, from whichever side it is asked. */
export const MINE = "accountmine";
export const NOT_MINE = "accountnot";

export const asking = (text: string, lang: string, value: string, words: { yes: string; no: string }): Message => ({
  text,
  lang,
  blocks: [
    { type: "text", text },
    {
      type: "actions",
      actions: [
        { type: "button", id: MINE, label: words.yes, value, style: "primary" },
        { type: "button", id: NOT_MINE, label: words.no, value },
      ],
    },
  ],
});
