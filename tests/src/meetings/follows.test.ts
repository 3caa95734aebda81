import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMailAdapter } from "../../../adapters/mail/index.js";
import { addAgency, linkPerson } from "../../../src/cli/setup.js";
import { silentLog } from "../../../src/lib/log.js";
import { renewFeed } from "../../../src/meetings/feeds.js";
import { mailServer } from "../../fakes/smtp.js";
import { World, words, ZONE } from "../../world.js";
import { instantOf } from "./rows.js";

/** A series follows its agencies: who comes to speak for one is asked to what is to come, who ceases to drops out. */

const PEOPLE = {
  Sofia: "secretariat coordinator focal_point",
  Maria: "police focal_point staff",
  Petros: "police staff",
  Jonas: "border focal_point staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Iris: "health staff",
  Nils: "watch observer",
};
type Name = keyof typeof PEOPLE | "Nora" | "Ines";

let w: World;
let logged: unknown[][];
beforeEach(() => {
  logged = [];
  vi.spyOn(silentLog, "error").mockImplementation((...args) => void logged.push(args));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await w?.close();
  expect(logged).toEqual([]);
});

async function world(): Promise<void> {
  w = await World.create({ people: PEOPLE, observers: ["watch"] });
  await w.ask("Sofia", "meet-rules quorum:none");
}

const told = (name: Name, what: string | RegExp) =>
  w.inbox(name).filter(({ message }) => words(message).match(what)).length;

/** The reconciler beats, and what it found goes out. */
async function beat(): Promise<void> {
  await w.runtime.reconciler.moved();
  await w.settle();
}

async function at(wall: string): Promise<void> {
  w.clock.moveTo(instantOf(wall, ZONE));
  await beat();
}

/** Somebody of an agency comes in, the operator's way. */
async function comes(name: string, agency: string, role: "staff" | "focal_point", account?: string): Promise<void> {
  const own = { platform: "slack" as const, tenant: `slack-${agency}`, user: `U${name}` };
  await linkPerson(w.runtime, agency, {
    ...{ name, account: [account ?? `slack:${own.tenant}:${own.user}`], role: [role], zone: ZONE },
    ...(account ? { email: account.replace("mail:", "") } : {}),
  });
  w.enrolled(name, own);
  await beat();
}

async function feed(name: Name): Promise<string> {
  w.runtime.site = "https://coord.example";
  const url = await w.work(async (work) => {
    const { id } = await work.tx.selectFrom("persons").select("id").where("name", "=", name).executeTakeFirstOrThrow();
    return renewFeed(work, id);
  });
  const file = await w.runtime.files.feed(/calendar\/(.+)\.ics$/.exec(url ?? "")?.[1] ?? "");
  return new TextDecoder().decode(file?.bytes);
}

const inbox = (name: Name) => w.ask(name, "inbox");
const SERIES = "meet Weekly every Tue 10:00 60m with";

describe("a series follows its agencies", () => {
  it("a new focal point gets card, inbox, calendar and the pack that is out; nobody is told twice", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @police, @border`);
    await at("2026-11-30T11:00");
    w.sent.length = 0;
    await comes("Nora", "police", "focal_point");
    expect([told("Nora", /^M-1 · Weekly/), told("Nora", /^Pack for M-1/)]).toEqual([1, 1]);
    expect(await inbox("Nora")).toContain("M-1");
    expect(await feed("Nora")).toContain("M-1");
    expect([told("Jonas", /^M-1 ·/), told("Maria", /^M-1 ·/)]).toEqual([0, 0]);
    await beat();
    expect(told("Nora", /^M-1 · Weekly/)).toBe(1);
    expect(await w.ask("Nora", "attend M-1 yes")).toBe("Your answer to M-1: yes.");
  });

  it("staff who come change nothing where there is a focal point", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @police`);
    await beat();
    const { sequence } = await w.work((work) => work.tx.selectFrom("meetings").selectAll().executeTakeFirstOrThrow());
    await comes("Nora", "police", "staff");
    expect(told("Nora", /M-1/)).toBe(0);
    expect(await w.work((work) => work.tx.selectFrom("meetings").selectAll().executeTakeFirstOrThrow())).toMatchObject({
      sequence,
    });
  });

  it("a leaver drops out, and what they answered stays their agency's until somebody answers anew", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @police, @border`);
    await w.settle();
    await w.ask("Maria", "attend M-1 yes");
    expect(await w.ask("Maria", "remove @Maria successor:@Petros sure")).toContain("Maria");
    await beat();
    expect(told("Petros", /^M-1 · Weekly/)).toBe(1);
    // The agency has answered: nobody is asked again, and the card says so.
    expect(words(w.card("Sofia", "M-1").message)).toMatch(/Coming: .*Police/);
    expect(await w.ask("Petros", "attend M-1 no")).toContain("no");
    await w.settle();
    expect(words(w.card("Sofia", "M-1").message)).not.toMatch(/Coming: .*Police/);
    w.sent.length = 0;
    await at("2026-11-30T11:00");
    expect(w.inbox("Maria")).toEqual([]);
  });

  it("who is focal point no longer, and stays, is asked no more", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @police, @border tlp:AMBER+STRICT`);
    await w.settle();
    await comes("Nora", "police", "focal_point");
    await w.runtime.store.owner
      .deleteFrom("roles")
      .where("role", "=", "focal_point")
      .where("person_id", "in", (eb) => eb.selectFrom("persons").select("id").where("name", "=", "Maria"))
      .execute();
    await beat();
    expect(await inbox("Maria")).not.toContain("M-1");
    expect(await feed("Maria")).not.toContain("M-1");
    expect(await w.ask("Maria", "M-1")).toBe(
      await w.ask("Maria", "M-99").then((said) => said.replaceAll("M-99", "M-1")),
    );
    w.sent.length = 0;
    await at("2026-11-30T11:00");
    expect([told("Maria", "Pack"), told("Nora", "Pack")]).toEqual([0, 1]);
  });

  it("where all are invited an agency that joins later is too; an observer, and where they were named, is not", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} all`);
    await w.ask("Sofia", "meet Named every Wed 10:00 60m with @police, @border");
    await addAgency(w.runtime, "customs", { name: "Customs", zone: ZONE });
    await addAgency(w.runtime, "press", { name: "Press", zone: ZONE, observer: true });
    await comes("Nora", "customs", "focal_point");
    expect([told("Nora", /^M-1 · Weekly/), told("Nora", /^M-2/)]).toEqual([1, 0]);
    expect(words(w.card("Sofia", "M-1").message)).toContain("Customs");
    expect(words(w.card("Sofia", "M-1").message)).not.toContain("Press");
    expect(await w.ask("Nora", "attend M-1 yes")).toContain("yes");
  });

  it("an agency without a focal point: its staff get card and pack, answer for it once, and give way to one", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @health, @watch`);
    await beat();
    expect([told("Iris", /^M-1 · Weekly/), told("Nils", /^M-1 · Weekly/)]).toEqual([1, 1]);
    expect(await inbox("Iris")).toContain("M-1");
    expect(await feed("Iris")).toContain("M-1");
    expect(await w.press("Iris", w.card("Iris", "M-1"), "Yes")).toBeTruthy();
    expect(await w.ask("Nils", "attend M-1 no")).toContain("no");
    await at("2026-11-30T11:00");
    expect([told("Iris", "^Pack for M-1/2"), told("Nils", "^Pack for M-1/2")]).toEqual([1, 0]);
    // A colleague who comes speaks for it too, and nobody is told again.
    await comes("Ines", "health", "staff");
    expect([told("Ines", /^M-1 · Weekly/), told("Ines", "^Pack for M-1/2")]).toEqual([1, 1]);
    expect(told("Iris", /^M-1 · Weekly/)).toBe(1);
    await comes("Nora", "health", "focal_point");
    expect(told("Nora", /^M-1 · Weekly/)).toBe(1);
    // Iris said yes for the agency.
    expect(words(w.card("Nora", "M-1").message)).toMatch(/Coming: .*Health/);
    expect(await w.ask("Iris", "attend M-1 no")).not.toContain("Your answer");
  });

  it("a deputy gets card and pack of what is to come while they stand in, and the calendar", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @labour`);
    await at("2026-11-30T11:00");
    await w.ask("Eleni", 'away until:"2026-12-04 09:00" deputy:@Omar');
    await w.settle();
    expect([told("Omar", /^M-1 · Weekly/), told("Omar", "^Pack for M-1")]).toEqual([1, 1]);
    expect(await feed("Omar")).toContain("M-1");
  });

  it("an open poll asks the newcomer, and one whose date has passed asks nobody", async () => {
    await world();
    await w.ask("Sofia", "meet Past 2026-11-24 10:00 60m with @police");
    await w.ask("Sofia", 'meet poll Plan 60m with @police by Fri 17:00 slots:"2 Dec 10:00; 3 Dec 10:00"');
    await at("2026-11-26T11:00");
    w.sent.length = 0;
    await comes("Nora", "police", "focal_point");
    expect([told("Nora", /^M-2/), told("Nora", /^M-1/)]).toEqual([1, 0]);
    expect(await w.ask("Nora", "vote M-2 yes:1")).toContain("1 date");
  });

  it("who was invited by mail gets the cancellation by mail, whoever they were asked for; without a word of people", async () => {
    await world();
    const mail = await mailServer();
    const adapter = createMailAdapter({ smtpUrl: mail.url, from: "Coord <coord@body.example>" });
    try {
      w.runtime.adapters.set("mail", adapter);
      await comes("Nora", "police", "focal_point", "mail:nora@police.example");
      await w.ask("Sofia", `${SERIES} @police`);
      await beat();
      mail.mails.length = 0;
      // Nobody can mention her on a platform.
      const { owner } = w.runtime.store;
      const { id } = await owner
        .selectFrom("persons")
        .select("id")
        .where("name", "=", "Nora")
        .executeTakeFirstOrThrow();
      await owner.deleteFrom("roles").where("person_id", "=", id).execute();
      await owner.updateTable("persons").set({ active: false }).where("id", "=", id).execute();
      await beat();
      const [last] = mail.mails;
      expect(mail.mails).toHaveLength(1);
      expect(last).toMatch(/method=CANCEL/);
      expect(last).not.toContain("coord.invalid");
      await beat();
      expect(mail.mails).toHaveLength(1);
    } finally {
      adapter.close();
      await mail.close();
    }
  });

  it("leaves nothing behind to look at again", async () => {
    await world();
    await w.ask("Sofia", `${SERIES} @police`);
    await beat();
    const left = () => w.work((work) => work.tx.selectFrom("to_follow").selectAll().execute());
    expect(await left()).toEqual([]);
    await comes("Nora", "labour", "focal_point");
    expect(await left()).toEqual([]);
  });
});
