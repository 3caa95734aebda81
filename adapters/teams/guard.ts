/**
 * Which requests and which addresses Coord has to do with at all.
 * A valid token proves that the Bot Connector spoke, not that the tenant is ours or the address is Microsoft's.
 */

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Only these hosts ever get Coord's token. Never `*.trafficmanager.net`:
 * any Azure customer can register a name there.
 */
const isPublicHost = (host: string): boolean =>
  host === "smba.trafficmanager.net" || host.endsWith(".botframework.com");

/** @param serviceHosts hosts accepted beside the public ones, as `host` or `host:port`; http only for loopback listed here. */
export function acceptsService(serviceUrl: string, serviceHosts: readonly string[]): boolean {
  // Parsers differ on backslashes and blanks.
  if (/[\\\s]/.test(serviceUrl) || !URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return false;
  const listed = serviceHosts.some((host) => {
    const wanted = host.toLowerCase();
    return wanted === url.host || (wanted === url.hostname && url.port === "");
  });
  if (url.protocol === "https:") return listed || (url.port === "" && isPublicHost(url.hostname));
  return url.protocol === "http:" && listed && LOOPBACK.has(url.hostname);
}

export type Refusal = "channel" | "service" | "tenant";

export type Rules = { allowedTenants: readonly string[]; serviceHosts: readonly string[] };

/** @returns why this activity is none of ours, or undefined. */
export function refusal(
  from: { channelId: string; serviceUrl: string; tenants: readonly string[] },
  rules: Rules,
): Refusal | undefined {
  if (from.channelId !== "msteams") return "channel";
  if (!acceptsService(from.serviceUrl, rules.serviceHosts)) return "service";
  // Where an activity names two tenants that differ, it is uncertain whose directory the sender's id is from.
  const tenants = new Set(from.tenants.map((tenant) => tenant.toLowerCase()));
  const [tenant] = tenants;
  const allowed = tenants.size === 1 && rules.allowedTenants.some((each) => each.toLowerCase() === tenant);
  return allowed ? undefined : "tenant";
}
