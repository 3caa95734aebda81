import { randomBytes, timingSafeEqual } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, MiddlewareHandler } from "hono";

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

/**
 * The workbench speaks for anybody without a password, so it answers this machine alone:
 * the socket must be loopback, the Host header too (a foreign name that resolves to 127.0.0.1 is DNS
 * rebinding), the page that asks must be ours, and whatever acts carries the token.
 */
export function guard(token: string): MiddlewareHandler {
  return async (c, next) => {
    const refusal = refuse(c, token);
    if (refusal) return c.json({ error: refusal.code, message: refusal.message }, 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
  };
}

function refuse(c: Context, token: string): { code: string; message: string } | undefined {
  if (!isLoopbackAddress(remoteAddress(c)))
    return { code: "remote", message: "The workbench answers this machine only." };
  const host = c.req.header("host") ?? "";
  if (!isLoopbackHost(host)) return { code: "host", message: "Open the workbench as http://localhost." };
  const origin = c.req.header("origin");
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return { code: "origin", message: "Another site asked." };
  const site = c.req.header("sec-fetch-site");
  const foreign = site !== undefined && site !== "same-origin" && site !== "none";
  // Following a link to the page from elsewhere is fine; reading or acting from elsewhere is not.
  if (foreign && c.req.path !== "/") return { code: "site", message: "Another site asked." };
  const acts = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (acts && !sameSecret(c.req.header(TOKEN_HEADER) ?? "", token))
    return { code: "token", message: "Coord was started anew. Reload this page." };
  return undefined;
}

/** An unknown address (no socket at hand) is not loopback. */
function remoteAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? "";
  } catch {
    return "";
  }
}

export const isLoopbackAddress = (address: string): boolean =>
  /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address) || address === "::1";

export const isLoopbackHost = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);

function sameSecret(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
