import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { responseUrls } from "../../../adapters/slack/response-url.js";

/** Slack's addresses for answering come in a payload: no payload makes Coord call another machine. */
let stranger: Server;
let slack: Server;
let asked: string[];
const here = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const listening = (server: Server) => new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));

beforeAll(async () => {
  asked = [];
  stranger = createServer((_, res) => {
    asked.push("stranger");
    res.end();
  });
  await listening(stranger);
  slack = createServer((req, res) => {
    asked.push(req.url ?? "");
    const status = Number(req.url?.slice(1));
    res.writeHead(status, status < 400 ? { location: `${here(stranger)}/taken` } : {}).end();
  });
  await listening(slack);
});
afterAll(async () => {
  for (const server of [stranger, slack]) await new Promise((closed) => server.close(closed));
});

it.each([200, 302, 307, 308, 404, 500])("where Slack's stand-in answers %i, nobody else is asked", async (status) => {
  asked = [];
  const sent = responseUrls(`${here(slack)}/api/`).remove(`${here(slack)}/${status}`);
  if (status === 200) await sent;
  else await expect(sent).rejects.toThrow();
  expect(asked).toEqual([`/${status}`]);
});

it("another host is never asked, whatever it looks like", async () => {
  asked = [];
  const { port } = new URL(here(stranger));
  for (const url of [
    `${here(stranger)}/r`,
    `http://hooks.slack.com@127.0.0.1:${port}/r`,
    `http://localhost:${port}/`,
    "",
  ])
    await expect(responseUrls(`${here(slack)}/api/`).remove(url), url).rejects.toMatchObject({
      outcome: { kind: "permanent", reason: "refused" },
    });
  expect(asked).toEqual([]);
});
