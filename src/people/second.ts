import { randomUUID } from "node:crypto";
import { addHours } from "date-fns";
import type { Selectable } from "kysely";
import { record } from "../audit/record.js";
import type { AccountRef, Actor } from "../chat/index.js";
import { notify } from "../delivery/outbox.js";
import { refuse } from "../lib/refusal.js";
import type { EnrolmentRow } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { linkAccount, moveAway, ownerOf, worksAnywhere } from "./accounts.js";
import { CODE_HOURS, type Code, hashOfCode, newCode } from "./codes.js";
import type { Person } from "./model.js";
import { secondAsked, secondJoined } from "./notifications.js";
import { focalPoints, loadPerson } from "./store.js";

/**
 * A person joins a second account of their own: shown from the first and confirmed from the second, or the other way
 * round by a code, so that both sides have said it. What somebody asked for before is asked for no more.
 */

export type SecondRow = Selectable<EnrolmentRow>;

/** Mentioned from the first account; asked of the second when it speaks. */
export async function offerSecond(work: UnitOfWork, person: Person, account: AccountRef): Promise<void> {
  await checkFree(work, person.id, account);
  const { platform, tenant, user } = account;
  await begin(work, person, { code_hash: null, platform, tenant, user_id: user });
}

/** To be typed from the second account, on whatever platform. */
export async function codeForSecond(work: UnitOfWork, person: Person): Promise<Code> {
  const code = newCode();
  return { code, expiresAt: await begin(work, person, { code_hash: hashOfCode(code) }) };
}

type Asked = Pick<EnrolmentRow, "code_hash"> & Partial<Pick<EnrolmentRow, "platform" | "tenant" | "user_id">>;

async function begin(work: UnitOfWork, person: Person, asked: Asked): Promise<Date> {
  const { tx } = work;
  await tx
    .deleteFrom("enrolments")
    .where("issued_by", "=", person.id)
    .where("second", "=", true)
    .where("state", "in", ["issued", "asked"])
    .execute();
  const expiresAt = addHours(work.now, CODE_HOURS);
  await tx
    .insertInto("enrolments")
    .values({
      id: randomUUID(),
      second: true,
      agency_id: person.agencyId,
      role: "staff",
      name: null,
      issued_by: person.id,
      expires_at: expiresAt,
      state: "issued",
      ...asked,
    })
    .execute();
  await record(work, { action: "people.second_asked", actorId: person.id, item: { kind: "person", id: person.id } });
  return expiresAt;
}

/** A code is used up by the account that typed it, and waits for somebody to confirm. */
export async function askedFrom(work: UnitOfWork, enrolment: string, actor: Actor): Promise<void> {
  await work.tx
    .updateTable("enrolments")
    .set({
      state: "asked",
      code_hash: null,
      platform: actor.platform,
      tenant: actor.tenant,
      user_id: actor.user,
      display_name: actor.displayName ?? null,
      asked_at: work.now,
    })
    .where("id", "=", enrolment)
    .execute();
}

/** The code was typed from this account: whoever made it is asked whether that was them. */
export async function claimSecond(work: UnitOfWork, row: SecondRow, actor: Actor): Promise<void> {
  const person = await askerOf(work, row);
  await checkFree(work, person.id, actor);
  await askedFrom(work, row.id, actor);
  await notify(work, {
    notification: secondAsked,
    params: { enrolment: row.id },
    to: { personId: person.id },
    dedupe: `second ${row.id}`,
  });
}

/** @param by the second account that confirms what the first showed, or the person who confirms what the second typed */
export async function decideSecond(
  work: UnitOfWork,
  id: string,
  by: AccountRef | Person,
  yes: boolean,
): Promise<Person> {
  const { tx } = work;
  const fromFirst = "agencyId" in by;
  const row = await tx
    .updateTable("enrolments")
    .set({ state: yes ? "active" : "refused", decided_at: work.now, ...(fromFirst && { decided_by: by.id }) })
    .where("id", "=", id)
    .where("second", "=", true)
    .where("expires_at", ">", work.now)
    .where("state", "=", fromFirst ? "asked" : "issued")
    .where((eb) =>
      fromFirst
        ? eb("issued_by", "=", by.id)
        : eb.and([
            eb("platform", "=", by.platform),
            eb("tenant", "=", by.tenant),
            eb("user_id", "=", by.user),
            eb("code_hash", "is", null),
          ]),
    )
    .returningAll()
    .executeTakeFirst();
  if (!row?.platform || !row.tenant || !row.user_id) return refuse((t) => t.errors.stale);
  const person = await askerOf(work, row);
  if (yes) await joinSecond(work, person, { platform: row.platform, tenant: row.tenant, user: row.user_id }, row.id);
  return person;
}

async function joinSecond(work: UnitOfWork, person: Person, account: AccountRef, id: string): Promise<void> {
  if (await checkFree(work, person.id, account)) await moveAway(work, account);
  await linkAccount(work, person.id, account);
  const { platform } = account;
  await record(work, {
    action: "people.second_joined",
    actorId: person.id,
    item: { kind: "person", id: person.id },
    detail: { agency: person.agency.handle, platform },
  });
  // Whoever answers for the agency hears of it: a stolen account would be made to last by a second one.
  const told = new Set([person.id, ...(await focalPoints(work.tx, person.agencyId)).map(({ id }) => id)]);
  for (const personId of told)
    await notify(work, {
      notification: secondJoined,
      params: { person: person.id, platform },
      to: { personId },
      // The person themselves hears of it where they were before.
      notTo: account,
      dedupe: `second joined ${id} ${personId}`,
    });
}

/** @returns whether it is of somebody who has left everything. @throws Refusal where somebody has it */
async function checkFree(work: UnitOfWork, personId: string, account: AccountRef): Promise<boolean> {
  const owner = await ownerOf(work, account);
  if (!owner) return false;
  if (owner.personId === personId) return refuse((t) => t.errors.accountYours);
  if (await worksAnywhere(work, owner.personId)) return refuse((t) => t.errors.accountTaken);
  return true;
}

/** @throws Refusal where they have left meanwhile */
async function askerOf(work: UnitOfWork, { issued_by: id }: SecondRow): Promise<Person> {
  const person = id ? await loadPerson(work.tx, id) : undefined;
  return person?.active && person.roles.length > 0 ? person : refuse((t) => t.errors.stale);
}

/** What the second account is asked, as long as it may still be answered. */
export async function offeredTo(work: UnitOfWork, id: string): Promise<Person | undefined> {
  const row = await work.tx.selectFrom("enrolments").selectAll().where("id", "=", id).executeTakeFirst();
  return row && askerOf(work, row).catch(() => undefined);
}
