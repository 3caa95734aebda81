import type { Connector } from "../../src/chat/index.js";
import { teamsCheck } from "./check.js";
import { createTeamsAdapter } from "./index.js";

const variables = {
  MicrosoftAppId: "text",
  MicrosoftAppPassword: "text",
  MicrosoftAppType: ["SingleTenant", "MultiTenant"],
  MicrosoftAppTenantId: "text",
  TEAMS_ALLOWED_TENANTS: "list",
  TEAMS_SERVICE_HOSTS: "list",
  TEAMS_OPENID_METADATA_URL: "url",
  TEAMS_LOGIN_URL: "url",
} as const;

const PATH = "/api/messages";

/** Teams' settings, and what comes of them. */
export const teams: Connector<typeof variables> = {
  platform: "teams",
  variables,
  configured(given, { problem }) {
    const { MicrosoftAppId: appId, MicrosoftAppPassword: appPassword, MicrosoftAppTenantId: appTenantId } = given;
    const { MicrosoftAppType: appType = "SingleTenant" } = given;
    if (![appId, appPassword, appTenantId, given.TEAMS_ALLOWED_TENANTS?.join()].some(Boolean)) return undefined;
    // botbuilder takes unsigned requests when the app id is empty: never start that way.
    if (!appId) problem("MicrosoftAppId: set the bot's application id, or unset every Teams variable.");
    if (!appPassword) problem("MicrosoftAppPassword: set the bot's client secret.");
    if (appType === "SingleTenant" && !appTenantId)
      problem("MicrosoftAppTenantId: set the tenant that the single-tenant bot is registered in.");
    const allowedTenants = given.TEAMS_ALLOWED_TENANTS ?? (appTenantId ? [appTenantId] : []);
    if (allowedTenants.length === 0)
      problem("TEAMS_ALLOWED_TENANTS: list the tenant ids that may speak to Coord, separated by commas.");
    const settings = {
      appId: appId ?? "",
      appPassword: appPassword ?? "",
      appType,
      appTenantId,
      allowedTenants,
      serviceHosts: given.TEAMS_SERVICE_HOSTS ?? [],
      openIdMetadataUrl: given.TEAMS_OPENID_METADATA_URL,
      loginUrl: given.TEAMS_LOGIN_URL,
    };
    return {
      platform: "teams",
      connect(means) {
        const adapter = createTeamsAdapter({ ...settings, ...means });
        return { ...adapter, route: { path: PATH, listener: adapter.listener } };
      },
      check: teamsCheck(settings),
      comesIn: (base) => `Teams: messages go to ${base}${PATH}`,
    };
  },
};
