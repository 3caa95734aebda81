import { at, textAt } from "./activity.js";
import { acceptsService } from "./guard.js";
import { LIMITS } from "./limits.js";

/**
 * The only file that knows botbuilder, and loads it when Teams is configured (0.5 s). It does what is dangerous
 * to write anew: checking inbound tokens. Calls to the Bot Connector are plain REST, so that no redirect is followed
 * with the token, no call is repeated, and every one ends in time.
 */

export type TransportOptions = {
  appId: string;
  appPassword: string;
  /** The tenant that issues Coord's own tokens: the app's own, or `botframework.com` for a multi-tenant app. */
  tokenTenant: string;
  serviceHosts: readonly string[];
  openIdMetadataUrl?: string;
  loginUrl?: string;
  now: () => Date;
};

/** Whether it has the form of a token at all. */
export const isBearer = (authorization: string): boolean => /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(authorization);

/** `unsure` when the issuer's keys could not be had: neither accepted nor called false. */
export type Verdict = "genuine" | "false" | "unsure";

export interface Transport {
  verify(authorization: string, serviceUrl: string): Promise<Verdict>;
  /** @returns the id that the connector gave, "" where it gave none. @throws ConnectorError */
  call(method: "POST" | "PUT", serviceUrl: string, path: string, body: object): Promise<string>;
  /** @returns what the connector answered, undefined where it was no JSON. @throws ConnectorError */
  get(serviceUrl: string, path: string): Promise<unknown>;
}

/** What the connector (or the way to it) answered. `code` is its word for it; no message, since it may quote content. */
export class ConnectorError extends Error {
  override readonly name = "ConnectorError";
  constructor(
    readonly status: number | "unreachable" | "refused_host" | "no_token",
    readonly code = "",
    readonly retryAfterMs?: number,
  ) {
    super(`connector: ${status} ${code}`.trim());
  }
}

const PUBLIC = {
  issuer: "https://api.botframework.com",
  metadata: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  emulatorMetadata: "https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration",
  login: "https://login.microsoftonline.com",
  oauth: "https://token.botframework.com",
};

export async function createTransport(options: TransportOptions): Promise<Transport> {
  const { ConfigurationBotFrameworkAuthentication } = await import("botbuilder");
  const login = (options.loginUrl ?? PUBLIC.login).replace(/\/+$/, "");
  const issuer = once(async () => {
    if (!options.openIdMetadataUrl) return PUBLIC.issuer;
    const issuer = textAt(await getJson(options.openIdMetadataUrl), "issuer");
    if (issuer === undefined) throw new Error("OpenID metadata without an issuer");
    return issuer;
  });
  const token = tokenSource(options, login, issuer);

  const authentication = once(async () => {
    const expected = await issuer();
    // All fields together: with any one of them set, the SDK leaves the others empty.
    return new ConfigurationBotFrameworkAuthentication(
      {
        ToChannelFromBotLoginUrl: login,
        ToChannelFromBotOAuthScope: expected,
        ToBotFromChannelTokenIssuer: expected,
        ToBotFromChannelOpenIdMetadataUrl: options.openIdMetadataUrl ?? PUBLIC.metadata,
        ToBotFromEmulatorOpenIdMetadataUrl: options.openIdMetadataUrl ?? PUBLIC.emulatorMetadata,
        OAuthUrl: PUBLIC.oauth,
        CallerId: "urn:botframework:azure",
        ValidateAuthority: true,
      },
      {
        isValidAppId: async (appId) => appId === options.appId,
        // An empty app id would switch every check off; index.ts refuses to start with one.
        isAuthenticationDisabled: async () => false,
        createCredentials: async () => ({
          signRequest: async (request) => {
            request.headers.set("authorization", `Bearer ${await token.get()}`);
            return request;
          },
        }),
      },
    );
  });

  return {
    verify,
    async call(method, serviceUrl, path, body) {
      const headers = { "content-type": "application/json" };
      const answer = await ask(serviceUrl, path, { method, headers, body: JSON.stringify(body) });
      return textAt(answer, "id") ?? "";
    },
    get: (serviceUrl, path) => ask(serviceUrl, path, { method: "GET", headers: {} }),
  };

  async function verify(authorization: string, serviceUrl: string): Promise<Verdict> {
    if (!isBearer(authorization)) return "false";
    let checks: Awaited<ReturnType<typeof authentication>>;
    try {
      checks = await authentication();
    } catch {
      return "unsure";
    }
    try {
      // Always "msteams": the channel that the activity names is checked apart, and "" would skip endorsements.
      const { claimsIdentity } = await checks.authenticateRequest(
        { channelId: "msteams", serviceUrl } as Parameters<typeof checks.authenticateRequest>[0],
        authorization,
      );
      // The SDK also takes tokens of other bots and of the emulator, which are not bound to a service address,
      // and skips that check for an empty one.
      const claim = (name: string) => claimsIdentity.getClaimValue(name);
      return claim("iss") === (await issuer()) && claim("serviceurl") === serviceUrl ? "genuine" : "false";
    } catch (error) {
      return isAboutKeys(error) ? "unsure" : "false";
    }
  }

  type Asked = { method: string; headers: Record<string, string>; body?: string };

  async function ask(serviceUrl: string, path: string, asked: Asked): Promise<unknown> {
    // Checked at every call: a stored address may be older than the configuration, or not from here at all.
    if (!acceptsService(serviceUrl, options.serviceHosts)) throw new ConnectorError("refused_host");
    const response = await request(`${serviceUrl.replace(/\/+$/, "")}/${path}`, {
      ...asked,
      headers: { authorization: `Bearer ${await token.get()}`, ...asked.headers },
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    if (response.status === 401) token.forget();
    throw new ConnectorError(
      response.status,
      textAt(answer, "error", "code") ?? textAt(answer, "errorCode") ?? "",
      retryAfter(response.headers.get("retry-after"), options.now()),
    );
  }
}

/** Coord's own token for the connector: kept until five minutes before it ends, asked for once at a time. */
function tokenSource(options: TransportOptions, login: string, issuer: () => Promise<string>) {
  let kept: { value: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const scope = await issuer().catch(() => {
      throw new ConnectorError("unreachable");
    });
    const response = await request(`${login}/${encodeURIComponent(options.tokenTenant)}/oauth2/v2.0/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: options.appId,
        client_secret: options.appPassword,
        scope: `${scope}/.default`,
      }).toString(),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    const value = textAt(answer, "access_token");
    if (response.status >= 500 || response.status === 429) throw new ConnectorError(response.status);
    if (!response.ok || value === undefined) throw new ConnectorError("no_token");
    const seconds = Number(at(answer, "expires_in")) || 0;
    kept = { value, until: options.now().getTime() + (seconds - 300) * 1000 };
    return value;
  }

  return {
    async get(): Promise<string> {
      if (kept && options.now().getTime() < kept.until) return kept.value;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget(): void {
      kept = undefined;
    },
  };
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(LIMITS.callMs) });
  } catch {
    throw new ConnectorError("unreachable");
  }
}

async function getJson(url: string): Promise<unknown> {
  const response = await request(url, {});
  if (!response.ok) throw new ConnectorError(response.status);
  return response.json();
}

/** Keeps the first success; a failure is tried again at the next call. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** The SDK's words for "the issuer's keys could not be fetched": its own error with 500, or node-fetch's. */
const isAboutKeys = (error: unknown): boolean =>
  error instanceof Error && (error.name === "FetchError" || ("statusCode" in error && error.statusCode === 500));

/** Seconds, or a date: RFC 9110, 10.2.3. */
function retryAfter(header: string | null, now: Date): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
