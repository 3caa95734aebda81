import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { BOARD_PATH } from "./board.js";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export type HttpParts = {
  /** Raw listeners by path, since the SDKs read and check the body themselves. */
  slack?: Listener;
  teams?: Listener;
  /** The workbench, at `/`. */
  web?: Hono;
  /** Bull Board. */
  board?: Hono;
  ready: () => Promise<boolean>;
  metrics: () => Promise<string>;
};

export function createHttp(parts: HttpParts): Server {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => ((await parts.ready()) ? c.text("ready") : c.text("not ready", 503)));
  // Volume is information: figures and queues are for this machine alone, and not through a proxy on it.
  const here: MiddlewareHandler = async (c, next) => {
    const { incoming } = c.env as { incoming: IncomingMessage };
    const direct = isLoopback(incoming.socket.remoteAddress) && !incoming.headers["x-forwarded-for"];
    // A page elsewhere cannot reach it through a name that it points at this machine.
    const named = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(incoming.headers.host ?? "");
    return direct && named ? next() : c.notFound();
  };
  app.get("/metrics", here, async (c) =>
    c.text(await parts.metrics(), 200, { "content-type": "text/plain; version=0.0.4" }),
  );
  if (parts.board) {
    app.use(`${BOARD_PATH}/*`, here);
    app.use(BOARD_PATH, here);
    app.route(BOARD_PATH, parts.board);
  }
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
