import { afterAll, beforeAll, expect, it } from "vitest";
import { createMailAdapter } from "../../../adapters/mail/index.js";
import { type Delivery, DeliveryError, type Message, type MessageRef } from "../../../src/chat/index.js";
import { type MailServer, mailServer } from "../../fakes/smtp.js";

/** What goes out by mail, and what becomes of it there, in neutral words. */
let server: MailServer;
let adapter: ReturnType<typeof createMailAdapter>;
beforeAll(async () => {
  server = await mailServer();
  adapter = createMailAdapter({ smtpUrl: server.url, from: "coord@body.example" });
});
afterAll(async () => {
  adapter.close();
  await server.close();
});

const message: Message = {
  text: "T-12",
  lang: "en",
  blocks: [
    { type: "heading", text: "T-12" },
    { type: "facts", facts: [{ label: "State", value: "Asked" }] },
    { type: "actions", actions: [{ type: "button", id: "show", label: "Open it", value: "north/T-12" }] },
  ],
};
const to = { platform: "mail" as const, tenant: "police.example", user: "anna@police.example" };
const post: Delivery = { kind: "post", to: { person: to }, message };
const outcomeOf = async (delivery: Delivery) =>
  adapter.deliver(delivery).then(
    () => "taken" as const,
    (error: unknown) => {
      if (!(error instanceof DeliveryError)) throw error;
      return { ...error.outcome, said: error.message };
    },
  );

it("says what there is to read, without buttons, to the one person it is for", async () => {
  server.refuse = undefined;
  server.mails.length = 0;
  const ref = await adapter.deliver(post);
  expect(ref.conversation).toEqual({ platform: "mail", tenant: to.tenant, id: to.user, kind: "personal" });
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toContain("To: anna@police.example");
  expect(server.mails[0]).toContain("State: Asked");
  expect(server.mails[0]).not.toContain("Open it");
});

it("changes nothing that was sent, and speaks in no conversation", async () => {
  server.refuse = undefined;
  server.mails.length = 0;
  const ref: MessageRef = {
    conversation: { platform: "mail", tenant: to.tenant, id: to.user, kind: "personal" },
    id: "<1@coord>",
  };
  expect(await adapter.deliver({ kind: "update", ref, message })).toBe(ref);
  const conversation = {
    platform: "mail" as const,
    tenant: to.tenant,
    id: "all@police.example",
    kind: "channel" as const,
  };
  expect(await outcomeOf({ kind: "post", to: { conversation }, message })).toMatchObject({
    kind: "permanent",
    reason: "refused",
  });
  expect(server.mails).toEqual([]);
});

/** RFC 5321 4.2.1: 4yz passes, 5yz does not. */
it.each([
  ["421 4.3.2 closing", { kind: "passing" }],
  ["450 4.2.0 greylisted anna@police.example", { kind: "passing" }],
  ["452 4.2.2 mailbox full", { kind: "passing" }],
  ["500 5.5.2 what", { kind: "permanent", reason: "account_gone" }],
  ["550 5.1.1 no such user anna@police.example", { kind: "permanent", reason: "account_gone" }],
  ["552 5.3.4 too large", { kind: "permanent", reason: "too_large" }],
])("%s", async (said, outcome) => {
  server.refuse = said;
  const found = await outcomeOf(post);
  expect(found).toMatchObject(outcome);
  // The server's words may quote an address.
  expect(JSON.stringify(found)).not.toContain("anna");
});

it("passes where nobody answers", async () => {
  const closed = await mailServer();
  await closed.close();
  const lost = createMailAdapter({ smtpUrl: closed.url, from: "coord@body.example" });
  await expect(lost.deliver(post)).rejects.toMatchObject({ outcome: { kind: "passing" } });
  lost.close();
});
