import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { BOARD_PATH } from "./board.js";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

type Served = { name: string; type: string; bytes: Uint8Array };

export type HttpParts = {
  /** Raw listeners by path, since the SDKs read and check the body themselves. */
  slack?: Listener;
  teams?: Listener;
  /** The workbench, at `/`. */
  web?: Hono;
  /** Bull Board. */
  board?: Hono;
  /** Files and calendars by the secret in their address. */
  files: { file(token: string): Promise<Served | undefined>; feed(token: string): Promise<Served | undefined> };
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
  app.get("/files/:token", async (c) => served(await parts.files.file(c.req.param("token"))));
  app.get("/calendar/:name", async (c) => {
    const [, token] = /^([\w-]{20,64})\.ics$/.exec(c.req.param("name")) ?? [];
    return served(token ? await parts.files.feed(token) : undefined);
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

/** A secret in an address must not travel on: no cache, no referrer, and no page may draw what it opens. */
const served = (file: Served | undefined): Response =>
  file
    ? new Response(new Uint8Array(file.bytes), {
        headers: {
          "content-type": file.type,
          "content-disposition": `attachment; filename="${file.name}"`,
          "cache-control": "no-store",
          "referrer-policy": "no-referrer",
          "x-content-type-options": "nosniff",
          "content-security-policy": "sandbox",
        },
      })
    : new Response("Not found", { status: 404, headers: { "cache-control": "no-store" } });
