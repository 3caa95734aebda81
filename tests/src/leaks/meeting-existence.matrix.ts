import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Reply } from "../../../src/chat/index.js";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import { createHttp, createPages } from "../../../src/runtime/http.js";
import { counted } from "../../statements.js";
import { World, ZONE } from "../../world.js";
import { aboutReference, everyWord, LANG, type Name, PEOPLE, spokenByThem, wayOf } from "./cast.js";
import { type Held, mayRead, sightOfMeeting } from "./meeting-cast.js";
import { ABOUT_ONE } from "./rows.js";

// Many answers from a real database: slow where others use the machine too.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** "A reference that the reader may not see answers exactly like one that does not exist", of meetings and decisions. */

const MISSING = 999;
const SITE = "https://coord.example";
const READERS = ["Colin", "Stan", "Adele", "Sid", "Dora", "Raul", "Ada", "Obi", "Otto"] as const;
let w: World;
const held: Held[] = [];

spokenByThem();
beforeAll(async () => {
  w = await World.create({ people: PEOPLE, observers: ["ngo"], lang: LANG });
  w.runtime.site = SITE;
  await w.ask("Dora", "meet-rules quorum:1 freeze:0");
  const call = async (label: Held["label"], persons: Name[], agencies: string[], more: string) => {
    const meeting: Held = {
      ref: `M-${held.length + 1}`,
      label,
      organizer: "Faye",
      persons,
      agencies,
      guests: [],
      present: ["Faye"],
      words: {},
      decisions: [],
    };
    held.push(meeting);
    const asked = [...persons.map((name) => `@${name}`), ...agencies.map((handle) => `@${handle}`)].join(", ");
    expect(await w.ask("Faye", `meet Talk tomorrow 12:00 60m with ${asked} tlp:${label} ${more}`)).toContain(
      meeting.ref,
    );
    return meeting;
  };
  await call("RED", ["Asa"], [], "");
  await call("AMBER+STRICT", [], ["labour"], "");
  await call("GREEN", [], ["labour"], "");
  await call("GREEN", [], ["labour"], "");
  await call("RED", ["Asa", "Colin"], [], "");
  await w.ask("Faye", "meet-cancel M-4 because");
  await w.settle();
  await w.pass({ hours: 26 }, 600);
  for (const meeting of held) {
    if (meeting.ref === "M-4") continue;
    expect(await w.ask("Faye", `start ${meeting.ref}`)).toContain("has begun");
    const decided = await w.ask("Faye", `decide ${meeting.ref} Something`);
    meeting.decisions.push(/D-\d+/.exec(decided)?.[0] ?? "");
    expect(await w.ask("Faye", `end ${meeting.ref}`)).toContain("is over");
  }
  await w.settle();
  // Another body, with meetings of every number that is used here and beyond.
  await initBody(w.runtime, { name: "South", slug: "south", zone: ZONE, lang: "en" });
  await addAgency(w.runtime, "coast", { name: "Coast", zone: ZONE, body: "south" });
  await linkPerson(w.runtime, "coast", {
    name: "Sven",
    account: ["slack:slack-coast:USven"],
    role: ["focal_point"],
    zone: ZONE,
    body: "south",
  });
  w.enrolled("Sven", { platform: "slack", tenant: "slack-coast", user: "USven" });
  for (let n = 0; n < 7; n++) expect(await w.ask("Sven", "meet Talk tomorrow 12:00 60m with @coast")).toContain("M-");
});
afterAll(() => w.close());

/** The same answer, but for the reference asked about and for what is new in every answer. */
const alike = (reply: Reply, ref: string): string =>
  everyWord(reply ?? "nothing")
    .replace(new RegExp(`\\b${ref}\\b`, "g"), "#")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "an id");

const ways: Record<string, (name: string, command: string, ref: string, after: string) => Promise<Reply>> = {
  typed: (name, command, ref, after) => w.say(name, `${command} ${ref} ${after}`),
  pressed: (name, command, ref, after) => w.click(name, command, `north/${ref}${after ? ` ${after}` : ""}`),
  "pressed for a form": (name, command, ref) => w.click(name, command, `north/${ref}`),
  sent: (name, command, ref, after) =>
    w.runtime.receive({
      ...w.from(name),
      type: "submit",
      form: `cmd.${command}`,
      state: JSON.stringify({ body: "north", nonce: crypto.randomUUID(), given: { ref, line: "1" } }),
      values:
        ABOUT_ONE[command]?.form ??
        Object.fromEntries(
          ["reason", "words", "title", "when", "with", "answer", "present", "url"].map((field) => [field, after]),
        ),
    }),
};

describe("a meeting or a decision that is hidden answers as what does not exist", () => {
  it("has a row for every command that takes a reference of either", () => {
    // What undoes stands with the tasks, and takes the reference of a meeting.
    const taking = registry.commands.filter(
      ({ name, group, args }) => "ref" in args && (group === "meetings" || name === "undo"),
    );
    expect(taking.map(({ name }) => name).sort()).toEqual(Object.keys(ABOUT_ONE).sort());
  });

  let cells = 0;
  /** Pairwise, for the reason that existence.test.ts gives: meetings and decisions are found in one place each, too. */
  it.each(READERS)("to %s", async (name) => {
    const reader = READERS.indexOf(name);
    const hidden = held.filter((meeting) => sightOfMeeting(name, meeting, false) === "none");
    // An outline is known to be there; what it says inside is as if it were not.
    const unread = held.filter((meeting) => meeting.decisions.length && !mayRead(name, meeting, false));
    expect(hidden.length).toBeGreaterThan(0);
    for (const [n, [command, { of, after }]] of Object.entries(ABOUT_ONE).entries()) {
      const way = wayOf(Object.keys(ways), reader, n);
      const go = (ref: string) => counted(() => ways[way]?.(name, command, ref, after) ?? Promise.reject(way));
      const asked = await go(`${of}-${MISSING}`);
      const missing = alike(asked.value, `${of}-${MISSING}`);
      const among = of === "D" ? unread : hidden;
      const meeting = among[(n + Math.floor(reader / Object.keys(ways).length)) % among.length] as Held;
      const ref = of === "D" ? (meeting.decisions[0] ?? "") : meeting.ref;
      cells++;
      const about = `${way} ${command} ${meeting.label}`;
      const there = await go(ref);
      expect(alike(there.value, ref), about).toBe(missing);
      // Nor does the time tell: the database is asked the same, in the same order.
      expect(there.statements, about).toEqual(asked.statements);
      expect(missing, about).not.toMatch(/Faye|Police|Labour/);
      expect(missing, about).toSatisfy((said: string) => aboutReference(said, way.endsWith("a form")));
    }
    for (const ref of [...hidden.map((one) => one.ref), "M-7"]) {
      // A bare reference, and one of an occurrence, of a meeting that is hidden, cancelled, or in another body alone.
      const bare = (part: string) => w.say(name, `${part}`);
      for (const part of ["", "/1", "/99"]) {
        cells++;
        expect(alike(await bare(`${ref}${part}`), ref), `${ref}${part}`).toBe(
          alike(await bare(`M-${MISSING}${part}`), `M-${MISSING}`),
        );
      }
    }
    for (const ref of unread.flatMap(({ decisions }) => decisions))
      expect(alike(await w.say(name, ref), ref)).toBe(alike(await w.say(name, `D-${MISSING}`), `D-${MISSING}`));
    const foreign = alike(await w.click(name, "meet-show", "south/M-7"), "M-7");
    expect(alike(await w.click(name, "meet-show", "south/M-998"), "M-998")).toBe(foreign);
    expect(alike(await w.click(name, "meet-show", "nowhere/M-1"), "M-1")).toBe(foreign);
  });

  it("to the desk, which knows that one is held and not what is in it", async () => {
    expect(await w.ask("Dora", "M-2")).toContain("M-2");
    for (const command of ["agenda", "minutes", "minutes-file", "invitation", "meet-read"])
      expect(await w.ask("Dora", `${command} M-2`), command).toBe(
        (await w.ask("Dora", `${command} M-${MISSING}`)).replace(`M-${MISSING}`, "M-2"),
      );
    console.info(
      `existence of meetings: ${cells} pairs of answers, ${Object.keys(ABOUT_ONE).length} commands, ${Object.keys(ways).length} ways, ${READERS.length} readers`,
    );
  });

  it("by counts, which count only what is known", async () => {
    for (const name of READERS.filter((one) => !["Raul", "Ada", "Adele"].includes(one))) {
      const past = held.filter(({ ref }) => ref !== "M-4").filter((one) => sightOfMeeting(name, one, false) !== "none");
      expect(await w.ask(name, "meetings past"), name).toContain(`(${past.length})`);
      const off = sightOfMeeting(name, held[3] as Held, false) === "none" ? 0 : 1;
      expect(await w.ask(name, "meetings cancelled"), name).toContain(`(${off})`);
      const decided = held.filter((one) => one.decisions.length && mayRead(name, one, false));
      expect(await w.ask(name, "decisions"), name).toContain(`(${decided.length})`);
    }
  });
});

describe("an address that opens nothing", () => {
  it("says the same, whether it never was, was used, has run out, or is nobody's any more", async () => {
    const server = createHttp({
      pages: createPages({ files: w.runtime.files, reports: w.runtime.reports, ready: async () => "ready" }),
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (path: string, method = "GET") =>
      new Promise<string>((resolve, reject) =>
        request({ host: "127.0.0.1", port, path, method }, (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("end", () => {
            const { date: _, ...headers } = response.headers;
            resolve(JSON.stringify([response.statusCode, headers, Buffer.concat(parts).toString()]));
          });
        })
          .on("error", reject)
          .end(),
      );
    const path = async (name: Name, line: string) => {
      const [found] = /\/(?:files\/[\w-]+|calendar\/[\w-]+\.ics)/.exec(everyWord(await w.say(name, line))) ?? [];
      return found ?? "";
    };
    try {
      const never = await ask(`/files/${"A".repeat(32)}`);
      expect(never).toContain("404");
      const used = await path("Lena", "minutes-file M-3");
      expect(await ask(used, "POST")).toContain("wordprocessingml");
      const late = await path("Lena", "invitation M-3");
      w.clock.moveTo(new Date(w.clock.now().getTime() + 6 * 60_000));
      const feed = await path("Lena", "calendar renew");
      expect(await ask(feed)).toContain("text/calendar");
      const feedAgain = await path("Lena", "calendar renew");
      const lost = await path("Lena", "minutes-file M-3");
      const answers: Record<string, string> = {
        used: await ask(used),
        "used, and pressed again": await ask(used, "POST"),
        "late, and pressed": await ask(late, "POST"),
        late: await ask(late),
        short: await ask("/files/x"),
        odd: await ask("/files/%00"),
        "a calendar that never was": await ask(`/calendar/${"A".repeat(32)}.ics`),
        "a calendar renewed since": await ask(feed),
        "no calendar": await ask("/calendar/x.ics"),
        "no name": await ask(`/calendar/${"A".repeat(32)}`),
        "a file as a calendar": await ask(lost.replace("/files/", "/calendar/").concat(".ics")),
      };
      await w.runtime.store.owner.updateTable("persons").set({ active: false }).where("name", "=", "Lena").execute();
      answers["a file of one who has left"] = await ask(lost);
      answers["a file of one who has left, pressed"] = await ask(lost, "POST");
      answers["a calendar of one who has left"] = await ask(feedAgain);
      for (const [what, answer] of Object.entries(answers)) expect(answer, what).toBe(never);
    } finally {
      server.close();
    }
  });
});
