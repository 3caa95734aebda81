import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AccountRef, Delivery, Form } from "../../../src/chat/index.js";
import { linkPerson } from "../../../src/cli/setup.js";
import { adapterStore } from "../../../src/store/adapter-store.js";
import { CANARY } from "../../canary.js";
import type { OpenView, Person } from "../../fakes/slack.js";
import { formOf, textOf, World } from "../../world.js";
import { type World as Slack, world as slackWorld } from "./world.js";

/** The whole way: the real core and its store behind the adapter, Slack's strict fake before it. */

const TITLE = "zqtitleqz lorries";
const TEXT = "zqtextqz plates AB 1234";

let w: World;
let s: Slack;
let lena: Person;

beforeEach(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
  const store = adapterStore(w.runtime.store, w.runtime.vault, w.clock);
  s = await slackWorld({ store, now: () => w.clock.now() });
  s.answer = (inbound) => w.runtime.receive(inbound);
  lena = s.slack.person(s.team, "lena");
  const account: AccountRef = { platform: "slack", tenant: s.team.id, user: lena.id };
  await linkPerson(w.runtime, "labour", { name: "Lena", account: [`slack:${s.team.id}:${lena.id}`], role: ["staff"] });
  w.enrolled("Lena", account);
  const others = w.runtime.adapters.get("slack");
  if (!others) throw new Error("no adapter");
  const tenantOf = (delivery: Delivery) =>
    delivery.kind === "update"
      ? delivery.ref.conversation.tenant
      : "person" in delivery.to
        ? delivery.to.person.tenant
        : delivery.to.conversation.tenant;
  w.runtime.adapters.set("slack", {
    platform: "slack",
    deliver: (delivery) => (tenantOf(delivery) === s.team.id ? s.adapter : others).deliver(delivery),
    overwrite: async (person, live, message) => s.adapter.overwrite?.(person, live, message),
  });
});
afterEach(async () => {
  expect(s.slack.refusals).toEqual([]);
  // What was read stood in Lena's views and nowhere else.
  expect(JSON.stringify([s.slack.messages, s.log, w.payloads])).not.toMatch(CANARY);
  await s.stop();
  await w.close();
});

const share = async (): Promise<string> => {
  const first = formOf(await w.say("Maria", "share @labour"));
  const second = formOf(await w.submit("Maria", first, { kind: "a", label: "AMBER", with: agencies(first) }));
  const ref = /I-\d+/.exec(textOf(await w.submit("Maria", second, { title: TITLE, content: TEXT })))?.[0] ?? "";
  await w.say("Maria", `share send ${ref} sure`);
  await w.settle();
  return ref;
};

const agencies = (form: Form): string[] => {
  const field = form.fields.find((one) => "name" in one && one.name === "with");
  const value = field && "value" in field ? field.value : undefined;
  return Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : one.value)) : [];
};

/** Asks by a slash command, and accepts the conditions where they are asked for. */
const open = async (ref: string): Promise<OpenView> => {
  await s.slack.command(lena, `open ${ref}`, s.slack.direct(lena));
  await s.adapter.idle();
  const view = s.slack.modalOf(lena);
  if (!view) throw new Error("nothing open");
  if (view.view.submit) await s.slack.submit(lena, { purpose: "investigation" });
  await s.adapter.idle();
  return view;
};
/** The outbox is emptied; what Slack held back is due again after its time. */
const told = async () => {
  await w.settle();
  await w.pass({ minutes: 1 });
  await s.adapter.idle();
};
const text = (view: OpenView) => JSON.stringify(view);

describe("a share that is taken back while it is read in Slack", () => {
  it("leaves nothing of itself in the view: recalled, over two views, and no key of the store holds a word", async () => {
    const ref = await share();
    const views = [await open(ref), await open(ref)];
    for (const view of views) {
      expect(text(view)).toContain(TITLE);
      expect(text(view)).toContain(TEXT);
    }
    await w.say("Maria", `recall ${ref} sure`);
    await told();
    for (const view of views) {
      expect(text(view)).not.toMatch(CANARY);
      expect(text(view)).toContain("cannot be read any more as it was");
      expect(text(view)).toContain(ref);
    }
    expect(s.slack.modalsOf(lena)).toEqual(views);
    const keys = await w.runtime.store.outside((tx) => tx.selectFrom("adapter_store").select("key").execute());
    expect(keys.map(({ key }) => key).filter((key) => key.startsWith("slack:live:"))).toEqual([]);
    // It stays closed: who asks again is refused and sees no form.
    const before = s.slack.modalsOf(lena).length;
    await s.slack.command(lena, `open ${ref}`, s.slack.direct(lena));
    await s.adapter.idle();
    expect(s.slack.modalsOf(lena)).toHaveLength(before);
  });

  it("is overwritten after a rate limit, and the view that was closed meanwhile holds nothing up", async () => {
    const ref = await share();
    const views = [await open(ref), await open(ref), await open(ref)];
    const [limited, closed, other] = views as [OpenView, OpenView, OpenView];
    await w.pass({ minutes: 1 });
    await w.say("Maria", `recall ${ref} sure`);
    s.slack.closeModal(closed);
    s.slack.failNext("rate_limited", "views.update");
    await w.settle();
    expect(text(limited)).toMatch(CANARY);
    expect(text(other)).not.toMatch(CANARY);
    await told();
    expect(text(limited)).not.toMatch(CANARY);
    const rows = await w.work(({ tx }) =>
      tx.selectFrom("outbox").select(["state", "attempts"]).where("notice", "=", "share.gone").execute(),
    );
    expect(rows).toEqual([{ state: "nothing", attempts: 1 }]);
  });

  it("is overwritten when it is tightened, and read again under the new conditions", async () => {
    const ref = await share();
    const view = await open(ref);
    await w.pass({ minutes: 1 });
    const form = formOf(await w.click("Maria", "tighten", `north/${ref}`));
    await w.submit("Maria", form, { codes: ["H2"] });
    await told();
    expect(text(view)).not.toMatch(CANARY);
    const again = await open(ref);
    expect(again.id).not.toBe(view.id);
    expect(text(again)).toContain(TEXT);
  });

  it("is overwritten though its view opens only after the recall is done", async () => {
    const ref = await share();
    s.slack.closeModal(await open(ref));
    await w.pass({ minutes: 1 });
    const letGo = s.slack.hold("views.open");
    await s.slack.command(lena, `open ${ref}`, s.slack.direct(lena));
    const openings = () => s.slack.calls.filter(({ method }) => method === "views.open");
    await expect.poll(() => openings().length).toBe(2);
    // Her right was checked and her opening is on record; Slack has not answered yet.
    expect(JSON.stringify(openings()[1]?.args)).toMatch(CANARY);
    await w.say("Maria", `recall ${ref} sure`);
    await w.settle();
    expect(s.slack.modalsOf(lena)).toEqual([]);
    letGo();
    await s.adapter.idle();
    const view = s.slack.modalOf(lena) as OpenView;
    expect(text(view)).not.toMatch(CANARY);
    expect(text(view)).toContain("cannot be read any more as it was");
  });
});
