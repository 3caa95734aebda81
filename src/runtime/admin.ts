import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { detour } from "./direct.js";

/** Where the queues are looked at. */
export const BOARD_PATH = "/admin/queues";

export type AdminParts = {
  /** Who shows it comes from anywhere; without one, from this machine alone. */
  token?: string;
  metrics: () => Promise<string>;
  /** Bull Board, made once somebody looks. */
  board: () => Promise<Hono>;
  /** The workbench, with the pages that its cards link to. */
  workbench?: { app: Hono; pages: Hono };
};

/** The operator's pages, on a listener that no proxy for the platforms passes to: volume is information too. */
export function createAdmin({ token, metrics, board, workbench }: AdminParts): Server {
  const app = new Hono();
  app.use(token === undefined ? fromHere : withToken(token));
  app.get("/metrics", async (c) => c.text(await metrics(), 200, { "content-type": "text/plain; version=0.0.4" }));
  let boards: Promise<Hono> | undefined;
  for (const path of [BOARD_PATH, `${BOARD_PATH}/*`])
    app.all(path, async (c) => {
      boards ??= board().then((made) => new Hono().route(BOARD_PATH, made));
      return (await boards).fetch(c.req.raw, c.env as object);
    });
  if (workbench) {
    app.route("/", workbench.app);
    app.route("/", workbench.pages);
  }
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return createServer((request, response) => void listener(request, response));
}

const fromHere: MiddlewareHandler = (c, next) =>
  detour(addressOf(c), c.req.raw.headers) ? Promise.resolve(c.notFound()) : next();

/** `Bearer` for programs, or the password of `Basic`, which browsers ask for. */
function withToken(token: string): MiddlewareHandler {
  const wanted = digest(token);
  return async (c, next) => {
    const [, scheme = "", value = ""] =
      /^(Bearer|Basic) +(\S{1,1000})$/i.exec(c.req.header("authorization") ?? "") ?? [];
    const given = scheme.toLowerCase() === "basic" ? passwordIn(value) : value;
    if (timingSafeEqual(digest(given), wanted)) return next();
    c.header("www-authenticate", 'Basic realm="coord", charset="UTF-8"');
    return c.text("Show the ADMIN_TOKEN: as a bearer token, or as the password with any name.", 401);
  };
}

const passwordIn = (basic: string): string =>
  Buffer.from(basic, "base64")
    .toString("utf8")
    .replace(/^[^:]*:/, "");

/** Of one length whatever was given, so that comparing takes one time. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

const addressOf = (c: Context): string | undefined =>
  (c.env as { incoming?: IncomingMessage }).incoming?.socket.remoteAddress;
