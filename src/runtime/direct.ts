/** Why a request does not come straight from a program or a page of this machine that means Coord itself. */
export type Detour = "remote" | "proxy" | "host" | "origin";

/**
 * What proxies, tunnels and content networks add on the way (RFC 7239, RFC 9110 7.6.3, and what is usual); no browser
 * and no Prometheus sends any of them. A proxy that adds nothing cannot be told from a person here: what must never
 * pass one is on a listener of its own.
 */
const ADDED_ON_THE_WAY =
  /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|x-original-.+|x-envoy-.+|x-amzn?-.+|x-azure-.+|x-arr-.+|x-appengine-.+|x-ms-.+|cf-.+|cdn-loop|fastly-.+|fly-.+|ngrok-.+|tailscale-.+)$/i;

/** @param address of the socket: what a request says of itself is no proof of where it comes from */
export function detour(address: string | undefined, headers: Headers): Detour | undefined {
  if (address === undefined || !isLoopback(address)) return "remote";
  for (const [name] of headers) if (ADDED_ON_THE_WAY.test(name)) return "proxy";
  const host = headers.get("host") ?? "";
  // A foreign name that is pointed at this machine (DNS rebinding).
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)) return "host";
  const origin = headers.get("origin");
  return origin === null || origin === `http://${host}` || origin === `https://${host}` ? undefined : "origin";
}

/** Of a socket or of the configuration. */
export const isLoopback = (address: string): boolean =>
  address === "::1" || address === "localhost" || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);
