import { addDays } from "date-fns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { registry } from "../../../commands/index.js";
import { ref } from "../../../src/command/args.js";
import { type Command, defineCommand } from "../../../src/command/define.js";
import { parseReference } from "../../../src/command/references.js";
import { Registry } from "../../../src/command/registry.js";
import { sentence } from "../../../src/command/reply.js";
import { defineNotification } from "../../../src/delivery/notification.js";
import { notify, refresh } from "../../../src/delivery/outbox.js";
import { addSteps } from "../../../src/escalation/store.js";
import { drawnCard } from "../../../src/items/card.js";
import { defineItem, itemOf, register } from "../../../src/items/define.js";
import { defineKind } from "../../../src/items/kind.js";
import { isMine, MOST_WAITING } from "../../../src/turns/turn.js";
import { textOf, World } from "../../world.js";

/**
 * A noun that Coord does not have, a lamp that somebody looks after: defined here, in one place, and found, shown,
 * notified, reminded of and waiting as any other. No file of src/ knows of it.
 */
type Lamp = { id: string; number: number; ref: string; agencyId: string; keeperId: string; lit: boolean };

const lamps = new Map<string, Lamp>();

const LAMPS = defineKind<Lamp>({
  kind: "lamp",
  letter: "L",
  show: "lamp",
  unknown: (t) => t.errors.noSuchKind,
  load: async (_work, { ids, number }) =>
    [...lamps.values()].filter((one) => (ids ? ids.includes(one.id) : one.number === number)),
  sees: (viewer, one) => viewer.agencyId === one.agencyId,
});

const lampCard = defineNotification({
  id: "lamp.card",
  schema: z.object({ lamp: z.string() }),
  item: ({ lamp }) => ({ kind: LAMPS.kind, id: lamp }),
  render: (work, { lamp }, reader) =>
    drawnCard(work, LAMPS, lamp, reader, async (one) => {
      const text = `${one.ref} is ${one.lit ? "lit" : "dark"}`;
      return { text, lang: reader.lang, blocks: [{ type: "text", text }] };
    }),
});

const lamp = defineItem({
  kind: LAMPS,
  byNumber: 3,
  notifications: [lampCard],
  reminders: [
    {
      kind: LAMPS.kind,
      fire: async (work, steps) => {
        const found = await LAMPS.byIds(
          work,
          steps.map(({ item }) => item.id),
        );
        return steps.map(({ item }) => {
          const keeper = found.find(({ id, lit }) => id === item.id && !lit)?.keeperId;
          return { notified: keeper ? [keeper] : [], lifeSafety: false, outcome: keeper ? "told" : "nobody" };
        });
      },
      draw: async (work, steps, reader) =>
        (
          await LAMPS.byIds(
            work,
            steps.map(({ itemId }) => itemId),
          )
        )
          .filter((one) => !one.lit && LAMPS.sees?.(reader.viewer, one) !== false)
          .map((one) => ({ item: one.id, kind: "due", line: { title: [`Light ${one.ref}`] }, actions: [] })),
      named: async (work, id) => (await LAMPS.byId(work, id))?.ref,
    },
  ],
  waiting: async (_work, mine) =>
    [...lamps.values()]
      .filter(({ lit, keeperId }) => !lit && isMine({ deed: "do", persons: [keeperId], agencies: [] }, mine))
      .slice(0, MOST_WAITING)
      .map((one) => ({ deed: "do", line: { title: [`Light ${one.ref}`] } })),
});

const show = defineCommand({
  name: "lamp",
  group: "tasks",
  summary: () => "Show a lamp",
  example: "lamp L-1",
  args: { ref: ref(LAMPS) },
  run: async (c, { ref }) => {
    const one = await LAMPS.find(c, ref);
    return sentence(c, `${one.ref} is ${one.lit ? "lit" : "dark"}`);
  },
});

const light = defineCommand({
  name: "light",
  group: "tasks",
  summary: () => "Light a lamp",
  example: "light L-1",
  args: { ref: ref(LAMPS) },
  run: async (c, { ref }) => {
    const one = await LAMPS.find(c, ref);
    lamps.set(one.id, { ...one, lit: true });
    await refresh(c.work, { kind: LAMPS.kind, id: one.id });
    return sentence(c, `${one.ref} is lit`);
  },
});

describe("a noun that is defined in one place", () => {
  let w: World;
  let takeBack: () => void;
  const id = "5f0c1c9e-7d5c-4b3a-9d26-2f1f6a5b7c11";

  beforeAll(async () => {
    takeBack = register([lamp]);
    w = await World.create({
      people: { Maria: "harbour focal_point", Omar: "harbour teams", Lena: "police focal_point" },
      commands: new Registry([...registry.commands, show, light] as unknown as Command[]),
    });
    const keeper = await w.runtime.store.owner
      .selectFrom("persons")
      .select(["id", "agency_id"])
      .where("name", "=", "Omar")
      .executeTakeFirstOrThrow();
    lamps.set(id, { id, number: 7, ref: "L-7", agencyId: keeper.agency_id, keeperId: keeper.id, lit: false });
  });
  afterAll(async () => {
    await w.close();
    takeBack();
    lamps.clear();
  });

  it("is found by its letter, in whatever way people write it", async () => {
    for (const typed of ["L-7", "l7", "lamp L-7", "L-7 lamp"]) expect(await w.ask("Omar", typed)).toBe("L-7 is dark");
  });

  it("is refused alike where it is not and where it is not for the reader", async () => {
    expect((await w.ask("Lena", "L-7")).replace("L-7", "L-8")).toBe(await w.ask("Omar", "L-8"));
    expect((await w.ask("Lena", "light L-7")).replace("L-7", "L-8")).toBe(await w.ask("Omar", "light L-8"));
  });

  it("is among what a number alone may mean", async () => {
    expect(JSON.stringify(await w.say("Omar", "7"))).toMatch(/T-7.*M-7.*L-7/);
  });

  it("waits for whoever it is on, and for nobody else", async () => {
    expect(textOf(await w.say("Omar", "inbox"))).toContain("Light L-7");
    for (const other of ["Maria", "Lena"]) expect(textOf(await w.say(other, "inbox"))).not.toContain("L-7");
  });

  it("reminds, has a card, and the card follows it", async () => {
    const keeperId = lamps.get(id)?.keeperId ?? "";
    await w.work(async (work) => {
      await notify(work, { notification: lampCard, params: { lamp: id }, to: { personId: keeperId } });
      const at = addDays(work.now, 1);
      await addSteps(work, [
        { item: { kind: LAMPS.kind, id }, scheduleVersion: 1, about: at, step: { step: "due", to: "own", at } },
      ]);
    });
    await w.settle();
    const card = w.inbox("Omar").find(({ message }) => message.text === "L-7 is dark");
    expect(card).toBeDefined();
    await w.pass({ days: 1, hours: 1 });
    const said = w
      .inbox("Omar")
      .flatMap(({ message }) => (/Light L-7/.test(textOf({ post: message })) ? [message.text] : []));
    expect(said.map((text) => text.split(":")[0])).toEqual(["Your morning digest", "Reminder"]);
    await w.ask("Maria", "light L-7");
    await w.settle();
    expect(card?.message.text).toBe("L-7 is lit");
    expect(textOf(await w.say("Omar", "inbox"))).not.toContain("Light L-7");
  });

  it("has a name and a letter that no other may have, until it is taken back", () => {
    expect(() => register([lamp])).toThrow("lamp");
    expect(() => register([{ ...lamp, kind: { ...LAMPS, kind: "other" } }])).toThrow("named by L");
    expect(itemOf("other")).toBeUndefined();
    takeBack();
    expect(itemOf("lamp")).toBeUndefined();
    expect(parseReference("L-7")).toBeUndefined();
    takeBack = register([lamp]);
    expect(parseReference("l7")).toMatchObject({ kind: "lamp", number: 7 });
  });
});
