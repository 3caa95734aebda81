/** Whether Slack takes the token, for `coord doctor`. The token is never shown. */
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
    return answer.ok
      ? { ok: true, say: `speaks to ${answer.team ?? "the workspace"} (${answer.team_id})` }
      : {
          ok: false,
          say: `Slack refuses SLACK_BOT_TOKEN (${answer.error ?? response.status}): install the app again and copy the new token`,
        };
  };
