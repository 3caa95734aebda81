import { textAt } from "./activity.js";

type Options = {
  appId: string;
  appPassword: string;
  appType: string;
  appTenantId?: string;
  loginUrl?: string;
  openIdMetadataUrl?: string;
};

/** Whether Microsoft gives the bot a token, for `coord doctor`. Neither the secret nor the token is shown. */
export const teamsCheck =
  ({ appId, appPassword, appType, appTenantId, loginUrl, openIdMetadataUrl }: Options) =>
  async (): Promise<{ ok: boolean; say: string }> => {
    const tenant = appType === "SingleTenant" && appTenantId ? appTenantId : "botframework.com";
    const login = (loginUrl ?? "https://login.microsoftonline.com").replace(/\/+$/, "");
    const response = await fetch(`${login}/${tenant}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: appId,
        client_secret: appPassword,
        scope: `${await issuerOf(openIdMetadataUrl)}/.default`,
      }),
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok
      ? { ok: true, say: "Microsoft gives the bot a token" }
      : {
          ok: false,
          say: `Microsoft gives no token (${response.status}): check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId`,
        };
  };

/** The token is asked for the issuer in use, as the transport does: a sovereign cloud refuses the public one's scope. */
async function issuerOf(openIdMetadataUrl: string | undefined): Promise<string> {
  const usual = "https://api.botframework.com";
  if (!openIdMetadataUrl) return usual;
  const metadata: unknown = await (await fetch(openIdMetadataUrl, { signal: AbortSignal.timeout(10_000) })).json();
  return textAt(metadata, "issuer") ?? usual;
}
