import { BOT_SCOPES } from "./scopes.js";

/** Whether Slack takes the token, and with every scope that Coord asks for, for `coord doctor`. The token is never shown. */
export const slackCheck =
  ({ botToken, apiUrl }: { botToken?: string; apiUrl?: string }) =>
  async (): Promise<{ ok: boolean; say: string }> => {
    if (!botToken) return { ok: true, say: "workspaces install it at /slack/install" };
    const root = (apiUrl ?? "https://slack.com/api/").replace(/\/*$/, "/");
    const response = await fetch(`${root}auth.test`, {
      method: "POST",
      headers: { authorization: `Bearer ${botToken}` },
      signal: AbortSignal.timeout(10_000),
    });
    const answer = (await response.json()) as { ok?: boolean; error?: string; team?: string; team_id?: string };
    if (!answer.ok)
      return {
        ok: false,
        say: `Slack refuses SLACK_BOT_TOKEN (${answer.error ?? response.status}): install the app again and copy the new token`,
      };
    const speaks = `speaks to ${answer.team ?? "the workspace"} (${answer.team_id})`;
    const missing = missingScopes(response.headers.get("x-oauth-scopes"));
    return missing.length === 0
      ? { ok: true, say: speaks }
      : {
          ok: false,
          say: `${speaks} without ${missing.join(", ")}: paste manifest.json (npm run generate) into the app's settings and install it again`,
        };
  };

/** Every answer of the Web API says in this header what the token may do; without it nothing is known to be missing. */
function missingScopes(header: string | null): string[] {
  if (header === null) return [];
  const granted = new Set(header.split(",").map((scope) => scope.trim()));
  return BOT_SCOPES.filter((scope) => !granted.has(scope));
}
