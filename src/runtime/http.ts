import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono, type HonoRequest } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Route } from "../chat/index.js";
import { inEvery, type Messages, messagesFor } from "../i18n/index.js";
import type { Clocks, Limited } from "../lib/rates.js";
import { isLoopback } from "./direct.js";

type Answered = { status: 200 | 400 | 401 | 404 | 429; bytes: Uint8Array; retryAfter?: number };
type Served = { name: string; type: string; bytes: Uint8Array };

export type PageParts = {
  /** Files and calendars by the secret in their address. */
  files: {
    gives(token: string): Promise<{ lang: string } | undefined>;
    file(token: string): Promise<Served | undefined>;
    feed(token: string): Promise<Served | undefined>;
    takes(token: string): Promise<boolean>;
    take(token: string, upload: { name: string; bytes: Uint8Array }): Promise<{ wrong?: string } | undefined>;
  };
  /** Figures for programs, by key, and charts by the secret in their address. */
  reports: {
    description(): Uint8Array;
    figures(key: string | undefined, period: string | undefined): Promise<Answered>;
    summaries(key: string | undefined, query: Record<string, string>): Promise<Answered>;
    summary(key: string | undefined, ref: string): Promise<Answered>;
    picture(token: string): Promise<Uint8Array | undefined>;
  };
  ready: () => Promise<"ready" | "full" | undefined>;
};

export type HttpParts = {
  /** Of the platforms. */
  routes?: readonly Route[];
  pages: Hono;
  /** Absent: nobody is held to a rate. */
  clocks?: Clocks;
};

/** What the world reaches: nothing here is the operator's (admin.ts). */
export function createPages(parts: PageParts): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const ready = await parts.ready();
    // A full house goes on answering: taken out of a balancer, it would fill the next one.
    return ready ? c.text(ready) : c.text("not ready", 503);
  });
  // Previews, scanners and prefetching read an address before its person does, and HEAD is answered as GET: only the
  // press of a button opens what can be opened once.
  app.get("/files/:token", async (c) => {
    const reader = await parts.files.gives(c.req.param("token"));
    return reader ? page(giving(messagesFor(reader.lang))) : served(undefined);
  });
  app.post("/files/:token", async (c) => served(await parts.files.file(c.req.param("token"))));
  app.get("/calendar/:name", async (c) => {
    const [, token] = /^([\w-]{20,64})\.ics$/.exec(c.req.param("name")) ?? [];
    return served(token ? await parts.files.feed(token) : undefined);
  });
  app.get("/upload/:token", async (c) =>
    (await parts.files.takes(c.req.param("token"))) ? page(UPLOAD) : served(undefined),
  );
  const uploading = new Set<string>();
  app.post("/upload/:token", async (c) => {
    const token = c.req.param("token");
    // Nothing is read before it is known who sends it.
    if (!(await parts.files.takes(token))) return unread(served(undefined));
    if (uploading.size >= UPLOADS_AT_ONCE || uploading.has(token))
      return unread(
        page(
          paragraphs((t) => t.pages.busy),
          503,
        ),
      );
    uploading.add(token);
    try {
      return (await tooLarge(c, nothing)) ?? (await upload(parts.files, token, c.req));
    } catch (error) {
      // Whoever broke off reads no answer.
      if (!c.req.raw.signal.aborted) throw error;
      return unread(page("", 400));
    } finally {
      uploading.delete(token);
    }
  });
  app.get("/charts/:name", async (c) => {
    const [, token] = /^([\w-]{20,64})\.png$/.exec(c.req.param("name")) ?? [];
    const png = token ? await parts.reports.picture(token) : undefined;
    return png
      ? new Response(png.slice(), { headers: { ...PRIVATE, "content-type": "image/png" } })
      : served(undefined);
  });
  const { reports } = parts;
  app.get("/api/v1/openapi.json", () => answered({ status: 200, bytes: reports.description() }));
  app.get("/api/v1/figures", async (c) => answered(await reports.figures(keyIn(c.req.raw), c.req.query("period"))));
  app.get("/api/v1/summaries", async (c) => answered(await reports.summaries(keyIn(c.req.raw), c.req.query())));
  app.get("/api/v1/summaries/:ref", async (c) => answered(await reports.summary(keyIn(c.req.raw), c.req.param("ref"))));
  return app;
}

export function createHttp({ routes = [], pages, clocks }: HttpParts): Server {
  const rest = getRequestListener(pages.fetch, { overrideGlobalObjects: false });
  const server = createServer(PATIENCE, (request, response) => {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const route = routes.find((one) => path === one.path || (one.path.endsWith("/") && path.startsWith(one.path)));
    const what = route?.open?.includes(path) ? "install" : limitOf(path);
    const waitMs = what && clocks ? clocks.take(what, clientOf(request)) : 0;
    if (waitMs > 0) return tooOften(response, waitMs);
    if (route) return route.listener(request, response);
    void rest(request, response);
  });
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** What costs a look into the database and is open to anybody. */
function limitOf(path: string): Limited | undefined {
  if (/^\/(files|upload|calendar|charts)\//.test(path)) return "files";
  if (path.startsWith("/api/v1/")) return "api";
  return undefined;
}

/** Behind a proxy on this machine or its network, what that proxy saw: the last address that it added. */
function clientOf({ socket, headers }: IncomingMessage): string {
  const near = socket.remoteAddress ?? "";
  const [forwarded] = [headers["x-forwarded-for"] ?? ""].flat();
  const last = forwarded?.split(",").at(-1)?.trim();
  return last && isNear(near) ? last.slice(0, 45) : near;
}

/** RFC 1918, RFC 4193 and loopback: nobody from outside comes from there. */
const isNear = (address: string): boolean =>
  isLoopback(address) || /^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^f[cd]/.test(address);

function tooOften(response: ServerResponse, waitMs: number): void {
  const seconds = Math.ceil(waitMs / 1_000);
  response.writeHead(429, {
    "retry-after": String(seconds),
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(
    inEvery((t) => t.pages.tooOften({ seconds }))
      .map(({ text }) => `${text}\n`)
      .join(""),
  );
}

/** Whoever sends slowly holds a connection and nothing else, and not for ever. */
const PATIENCE = {
  headersTimeout: 10_000,
  /** The largest upload over a line of a megabit a second; the platforms' receivers are stricter. */
  requestTimeout: 120_000,
  connectionsCheckingInterval: 2_000,
};
/** Slack keeps one open for each delivery that waits: hundreds at the busiest. Each costs some 20 kB. */
const MOST_CONNECTIONS = 4_000;

/** A file is held several times over while its form is taken apart. */
const UPLOADS_AT_ONCE = 4;

/** Whoever opens an address may read any language. */
const paragraphs = (say: (t: Messages) => string): string =>
  inEvery(say)
    .map(({ lang, text }) => `<p lang="${lang}">${escapeHtml(text)}</p>`)
    .join("");

/** What was not read is not waited for. */
function unread(response: Response): Response {
  response.headers.set("connection", "close");
  return response;
}

/** The largest file and the form around it. */
const MOST_UPLOAD = 11 * 1_048_576;

const nothing = async () => undefined;
const tooLarge = bodyLimit({
  maxSize: MOST_UPLOAD,
  onError: () =>
    unread(
      page(
        paragraphs((t) => t.pages.tooLarge),
        413,
      ),
    ),
});

async function upload(files: PageParts["files"], token: string, request: HonoRequest): Promise<Response> {
  const form = await request.parseBody().catch(() => undefined);
  if (!form)
    return unread(
      page(
        paragraphs((t) => t.pages.broken),
        400,
      ),
    );
  const { file } = form;
  const sent =
    file instanceof File
      ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
      : { name: "", bytes: new Uint8Array() };
  const taken = await files.take(token, sent);
  if (!taken) return served(undefined);
  return taken.wrong ? page(`<p>${escapeHtml(taken.wrong)}</p>`, 422) : page(paragraphs((t) => t.pages.taken));
}

/** A secret in an address must not travel on: no cache, no referrer, and no page may draw what it opens. */
const served = (file: Served | undefined): Response =>
  file
    ? new Response(file.bytes.slice(), {
        headers: {
          "content-type": file.type,
          "content-disposition": disposition(file.name),
          "cache-control": "no-store",
          "referrer-policy": "no-referrer",
          "x-content-type-options": "nosniff",
          "content-security-policy": "sandbox",
        },
      })
    : new Response("Not found", { status: 404, headers: { "cache-control": "no-store" } });

/** RFC 6266: an ASCII name for old clients, the whole name in UTF-8. */
const disposition = (name: string): string =>
  `attachment; filename="${name.replace(/[^\w. -]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;

const giving = ({ files }: Messages): string =>
  `<form method="post"><p>${escapeHtml(files.once)}</p> <button>${escapeHtml(files.get)}</button></form>`;

/** Signs more than words: whoever opens it may read any language. */
const UPLOAD = `<form method="post" enctype="multipart/form-data">
<p>PDF · PNG · JPEG · docx · xlsx · CSV · TXT · ≤ 10 MB</p>
<input type="file" name="file" required> <button>↑ OK</button></form>`;

/** A page with no script, which no other page may frame and which tells nobody else its address. */
const page = (body: string, status = 200): Response =>
  new Response(
    `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Coord</title>${body}`,
    {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        // Under no-referrer a browser sends the form with `Origin: null`, as a page elsewhere might (Fetch 4.6).
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
      },
    },
  );

const PRIVATE = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

/** The key of `Authorization: Bearer …`. */
const keyIn = (request: Request): string | undefined =>
  /^Bearer ([\w-]{20,100})$/.exec(request.headers.get("authorization") ?? "")?.[1];

const answered = ({ status, bytes, retryAfter }: Answered): Response =>
  new Response(bytes.slice(), {
    status,
    headers: {
      ...PRIVATE,
      "content-type": "application/json; charset=utf-8",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
      ...(status === 401 ? { "www-authenticate": 'Bearer realm="coord"' } : {}),
    },
  });

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
