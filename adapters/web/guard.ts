import { randomBytes, timingSafeEqual } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";

/** Why a request does not come straight from this machine; undefined where it does. */
export type Detour = (address: string | undefined, headers: Headers) => keyof typeof REFUSALS | undefined;

/** Sent back with every POST; a page of another origin cannot read it. New with each process. */
export const TOKEN_HEADER = "x-workbench-token";

export const newToken = (): string => randomBytes(24).toString("base64url");

/** Inline nothing, load nothing from elsewhere: words that people type can never become code. */
const CSP = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS: Record<string, string> = {
  "content-security-policy": CSP,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

const REFUSALS = {
  remote: "The workbench answers this machine only.",
  proxy: "The workbench answers this machine only, and no proxy on it.",
  host: "Open the workbench as http://localhost.",
  origin: "Another site asked.",
};

/**
 * The workbench speaks for anybody without a password, so it answers this machine alone: the request must have come
 * straight from it, the page that asks must be ours, and whatever acts carries the token.
 */
export function guard(token: string, detour: Detour): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refuse(c, token, detour);
    if (refusal) return c.json({ error: refusal.code, message: refusal.message }, 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
  };
}

function refuse(c: Context, token: string, detour: Detour): { code: string; message: string } | undefined {
  const code = detour(remoteAddress(c), c.req.raw.headers);
  if (code) return { code, message: REFUSALS[code] };
  const site = c.req.header("sec-fetch-site");
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  // Following a link to the page from elsewhere is fine; reading or acting from elsewhere is not.
  if (foreign && c.req.path !== "/") return { code: "site", message: "Another site asked." };
  const acts = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (acts && !sameSecret(c.req.header(TOKEN_HEADER) ?? "", token))
    return { code: "token", message: "Coord was started anew. Reload this page." };
  return undefined;
}

function remoteAddress(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    return undefined;
  }
}

function sameSecret(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
