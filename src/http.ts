import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export type HttpParts = {
  /** Raw listeners by path, since the SDKs read and check the body themselves. */
  slack?: Listener;
  teams?: Listener;
  /** The workbench, at `/`. */
  web?: Hono;
  ready: () => Promise<boolean>;
  metrics: () => Promise<string>;
};

export function createHttp(parts: HttpParts): Server {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => ((await parts.ready()) ? c.text("ready") : c.text("not ready", 503)));
  app.get("/metrics", async (c) => {
    const { incoming } = c.env as { incoming: IncomingMessage };
    // Volume is information: figures are for this machine, or for whoever the operator lets through a proxy of their own.
    if (!isLoopback(incoming.socket.remoteAddress) || incoming.headers["x-forwarded-for"]) return c.notFound();
    return c.text(await parts.metrics(), 200, { "content-type": "text/plain; version=0.0.4" });
  });
  if (parts.web) app.route("/", parts.web);
  const rest = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return createServer((request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    if (path.startsWith("/slack/") && parts.slack) return parts.slack(request, response);
    if (path === "/api/messages" && parts.teams) return parts.teams(request, response);
    void rest(request, response);
  });
}

export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && (address === "::1" || /^(::ffff:)?127\./.test(address));
