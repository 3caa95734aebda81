import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { isValidSlackRequest } from "@slack/bolt";
import { type AdapterLog, BodyReader } from "../../src/chat/index.js";
import { FullError, type Handle } from "./dispatch.js";
import { errorKind } from "./errors.js";
import type { Installer } from "./install.js";
import { BODY, LAST_RETRY, MAX_CLOCK_SKEW_S } from "./limits.js";
import { str } from "./payload.js";
import { PATHS } from "./scopes.js";

export type HttpOptions = {
  /** Absent in Socket Mode: then no request from Slack is taken. */
  signingSecret?: string;
  verify: typeof isValidSlackRequest;
  handle: Handle;
  installer?: Installer;
  log: AdapterLog;
};

type Answer = { status: number; body?: unknown; after?: () => Promise<void> };

/** Everything under `/slack/`. Answers every request and never throws; done when all that follows is done. */
export function createHttp(options: HttpOptions): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const bodies = new BodyReader(BODY);
  return async (req, res) => {
    try {
      const path = (req.url ?? "").split("?", 1)[0] ?? "";
      if (req.method === "GET" && (path === PATHS.install || path === PATHS.redirect) && options.installer)
        return await options.installer.serve(path, req, res);
      const answer: Answer =
        req.method === "POST" && path === PATHS.events && options.signingSecret
          ? await fromSlack(req, options.signingSecret, options, bodies)
          : { status: 404 };
      respond(res, answer);
      await answer.after?.();
    } catch (error) {
      // Nothing was kept: 5xx makes Slack deliver the event again. What went wrong is nobody's business there.
      const full = error instanceof FullError;
      if (!full) options.log.warn("slack.request_failed", { kind: errorKind(error) });
      respond(res, { status: full ? 503 : 500 });
    } finally {
      // What was not read is let go, so that the sender sees the answer instead of a broken pipe.
      req.resume();
    }
  };
}

function respond(res: ServerResponse, { status, body }: Answer): void {
  if (res.headersSent) return;
  // The rest of a body that was not read is not worth waiting for.
  if (!res.req.complete) res.setHeader("connection", "close");
  if (body === undefined) {
    res.writeHead(status).end();
    return;
  }
  res.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

type Signed = { timestamp: string; signature: string };

async function fromSlack(
  req: IncomingMessage,
  secret: string,
  options: HttpOptions,
  bodies: BodyReader,
): Promise<Answer> {
  const signed: Signed = {
    timestamp: header(req, "x-slack-request-timestamp"),
    signature: header(req, "x-slack-signature"),
  };
  // Only what can be genuine is read at length. Slack tries the certificate without a signature, in one line.
  const most = mayBeSigned(signed) ? BODY.most : BODY.mostUnsigned;
  const answer = await bodies.read(req, most, (raw) => take(req, raw, signed, secret, options));
  if (!("refused" in answer)) return answer;
  options.log.warn("slack.body_refused", { status: answer.refused });
  return { status: answer.refused };
}

async function take(
  req: IncomingMessage,
  raw: string,
  { timestamp, signature }: Signed,
  secret: string,
  { verify, handle, log }: HttpOptions,
): Promise<Answer> {
  const form = isForm(req) ? new URLSearchParams(raw) : undefined;
  if (form?.get("ssl_check") === "1") return { status: 200 };
  if (!isAuthentic(verify, secret, timestamp, signature, raw)) {
    log.warn("slack.signature_refused");
    return { status: 401 };
  }
  const body = parse(raw, form);
  if (body === undefined) return { status: 400 };
  if (str(body, "type") === "url_verification") return { status: 200, body: { challenge: str(body, "challenge") } };

  // A repeated delivery (`X-Slack-Retry-Num`) can be the first that arrives: it goes the same way, under the same key.
  const delivery = createHash("sha256").update(`${timestamp}:${signature}`).digest("hex");
  const last = Number(header(req, "x-slack-retry-num")) >= LAST_RETRY;
  const { ack, after, unreadable } = await handle(body, delivery, last);
  return unreadable ? { status: 400 } : { status: 200, body: ack, after };
}

/**
 * docs.slack.dev/authentication/verifying-requests-from-slack. Bolt refuses what is old and accepts what is from
 * the future (observed with 5.1.0), so that is refused here. The wall clock decides, not Coord's own,
 * which the workbench can move: Slack signs with the real time.
 */
export function isAuthentic(
  verify: typeof isValidSlackRequest,
  signingSecret: string,
  timestamp: string,
  signature: string,
  body: string,
): boolean {
  if (!mayBeSigned({ timestamp, signature })) return false;
  const headers = { "x-slack-request-timestamp": Number(timestamp), "x-slack-signature": signature };
  return verify({ signingSecret, body, headers });
}

/** What can be told of a signature before the body is there. */
const mayBeSigned = ({ timestamp, signature }: Signed): boolean =>
  /^\d{1,12}$/.test(timestamp) &&
  /^v0=[0-9a-f]{64}$/.test(signature) &&
  Math.abs(Date.now() / 1_000 - Number(timestamp)) <= MAX_CLOCK_SKEW_S;

const header = (req: IncomingMessage, name: string): string => {
  const value = req.headers[name];
  return typeof value === "string" ? value : "";
};

const isForm = (req: IncomingMessage): boolean =>
  header(req, "content-type").split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";

/** JSON, a form, or JSON in a form's `payload`; undefined for what is no object. */
function parse(raw: string, form: URLSearchParams | undefined): object | undefined {
  const json = form ? form.get("payload") : raw;
  if (json === null) return Object.fromEntries(form ?? []);
  try {
    const body: unknown = JSON.parse(json);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
