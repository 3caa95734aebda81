import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderForm, renderMessage } from "../../../adapters/teams/render.js";
import { cardErrors } from "../../fakes/teams/checks.js";
import { readMarkdown } from "../../fakes/teams/eye.js";
import { type Conversation, FakeTeams, type Person } from "../../fakes/teams.js";

/** A fake that takes anything proves nothing. */
let fake: FakeTeams;
let maria: Person;
let chat: Conversation;
let token: string;

beforeEach(async () => {
  fake = await FakeTeams.start();
  maria = fake.addPerson(randomUUID(), "Maria");
  fake.allow(maria);
  chat = fake.personalOf(maria);
  token = (await login()).access_token;
});
afterEach(async () => fake.stop());

async function login(more: Record<string, string> = {}) {
  const { issuer } = (await (await fetch(fake.metadataUrl)).json()) as { issuer: string };
  const response = await fetch(`${fake.loginUrl}/${fake.appTenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: fake.appId,
      client_secret: fake.password,
      scope: `${issuer}/.default`,
      ...more,
    }),
  });
  return { status: response.status, ...((await response.json()) as { access_token: string }) };
}

const call = async (method: string, path: string, body?: object, bearer = token) =>
  (
    await fetch(`${fake.serviceUrl}v3/${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  ).status;

const { card } = renderMessage({
  text: "T-1",
  lang: "en",
  blocks: [{ type: "actions", actions: [{ type: "button", id: "a", label: "A" }] }],
});
const activity = (content: object) => ({
  type: "message",
  summary: "T-1",
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
});

describe("the fake connector", () => {
  it("takes a good message, its update and its removal", async () => {
    const path = `conversations/${encodeURIComponent(chat.id)}`;
    expect(await call("POST", `${path}/activities`, activity(card))).toBe(201);
    const id = fake.posts[0]?.id;
    expect(await call("PUT", `${path}/activities/${id}`, activity(card))).toBe(200);
    expect(await call("GET", `${path}/pagedmembers`)).toBe(200);
    expect(await call("DELETE", `${path}/activities/${id}`)).toBe(200);
    expect(fake.posts).toEqual([]);
    expect(fake.refusals).toEqual([]);
  });

  it("refuses what the real one would", async () => {
    const path = `conversations/${encodeURIComponent(chat.id)}/activities`;
    expect(await call("POST", path, activity(card), "nobody's")).toBe(401);
    expect(await call("POST", "conversations/a:unknown/activities", activity(card))).toBe(404);
    expect(await call("PATCH", path, activity(card))).toBe(405);
    expect(await call("GET", "attachments/1")).toBe(404);
    expect(await call("PUT", `${path}/1`, activity(card))).toBe(404);
    expect(await call("POST", path, activity({ ...card, version: "1.6" }))).toBe(400);
    expect(await call("POST", path, { type: "message", attachments: activity(card).attachments })).toBe(400);
    expect(await call("POST", path, activity({ ...card, speak: "x".repeat(41_000) }))).toBe(413);
    expect(
      await call("POST", "conversations", { isGroup: false, bot: { id: "28:other" }, members: [{ id: maria.mri }] }),
    ).toBe(400);
    expect(fake.posts).toEqual([]);
    expect(fake.refusals.length).toBeGreaterThanOrEqual(9);
  });

  it.each<Record<string, string>>([
    { client_secret: "wrong" },
    { client_id: "other" },
    { scope: "https://graph.microsoft.com/.default" },
    { grant_type: "password" },
  ])("gives no token for %j", async (wrong) => {
    expect(await login(wrong)).toMatchObject({ status: 401, error: "invalid_client" });
  });
});

describe("the rules for cards", () => {
  const execute = { type: "Action.Execute", title: "A", verb: "a", data: { id: "a" } };
  const submit = { type: "Action.Submit", title: "A", data: { id: "a" } };
  const set = (...actions: object[]) => ({ ...card, body: [{ type: "ActionSet", actions }] });
  const body = (...elements: object[]) => ({ ...card, body: elements });

  it.each<[string, object]>([
    ["Action.Submit fallback", set(execute)],
    ["same data", set({ ...execute, fallback: { ...submit, data: { id: "b" } } })],
    ["stands in an ActionSet", { ...card, body: [], actions: [{ ...execute, fallback: submit }] }],
    ["one to six actions", set(...Array.from({ length: 7 }, () => submit))],
    ["one to six actions", set()],
    ["version is 1.5", { ...card, version: "1.4" }],
    ["at most 28 KB", { ...card, speak: "x".repeat(30_000) }],
    ["a link leads to the web", set({ type: "Action.OpenUrl", title: "A", url: "javascript:alert(1)" })],
    ["is unique", body({ type: "Input.Text", id: "t_a", label: "A" }, { type: "Input.Text", id: "t_a", label: "B" })],
    ["an input has a label", body({ type: "Input.Text", id: "t_a" })],
    ["says what is missing", body({ type: "Input.Text", id: "t_a", label: "A", isRequired: true })],
    ["a TextBlock has text", body({ type: "TextBlock", text: "" })],
    ["Unknown element type", body({ type: "Carousel" })],
  ])("know: %s", (rule, bad) => {
    expect(cardErrors(bad, "message").join("\n")).toContain(rule);
  });

  it("know what a dialog cannot do", () => {
    expect(cardErrors(card, "dialog")).toContain("dialogs know no Action.Execute");
    const fetches = set({ ...submit, data: { id: "a", msteams: { type: "task/fetch" } } });
    expect(cardErrors(fetches, "message")).toEqual([]);
    expect(cardErrors(fetches, "dialog")).toContain("a dialog opens no dialog");
    const form = { id: "f", title: "F", submit: "Send", cancel: "", state: "", lang: "en", fields: [] };
    expect(cardErrors(renderForm(form), "dialog")).toEqual([]);
  });
});

it.each([
  ["**bold** and *it*", "bold and it"],
  ["[click](https://evil.example)", "click"],
  ["1. one", "one"],
  ["- one", "one"],
  ["# one", "one"],
  ["`code`", "code"],
  ["a &lt; b", "a & b"],
  ["{{DATE(2026-01-01T00:00:00Z)}}", ""],
  ["\\*plain\\* 1\\. \\[x\\](y)", "*plain* 1. [x](y)"],
])("the eye sees Markdown that was not escaped: %s", (source, seen) => {
  expect(readMarkdown(source)).toBe(seen);
});
