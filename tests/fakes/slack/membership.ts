import type { Channel, Json, SlackModel } from "./model.js";

/**
 * Who is in a channel and with whom it is shared, in the shapes that docs.slack.dev/reference/objects shows for the
 * conversation and the user object.
 */

export const readScope = (channel: Channel): string =>
  channel.kind === "mpim"
    ? "mpim:read"
    : channel.kind === "im"
      ? "im:read"
      : channel.private
        ? "groups:read"
        : "channels:read";

export function channelInfo(slack: SlackModel, channel: Channel, botUser: string): Json {
  const { id, team, name, kind, shared = false, pending = [], workspaces = [] } = channel;
  const strangers = [...channel.members].flatMap((user) => slack.people.get(user)?.team ?? []);
  const outside = [...new Set(strangers)].filter((one) => one !== team && !workspaces.includes(one));
  return {
    ok: true,
    channel: {
      id,
      name,
      is_channel: kind === "channel" && !channel.private,
      is_group: channel.private === true || kind === "mpim",
      is_im: kind === "im",
      is_mpim: kind === "mpim",
      is_private: channel.private === true || kind !== "channel",
      created: 1_449_252_889,
      is_archived: channel.archived === true,
      is_general: false,
      unlinked: 0,
      name_normalized: name,
      is_shared: shared || workspaces.length > 0,
      is_frozen: false,
      is_org_shared: workspaces.length > 0,
      is_pending_ext_shared: pending.length > 0,
      pending_shared: pending,
      context_team_id: team,
      updated: 1_689_965_803_820,
      parent_conversation: null,
      creator: "U0CREATOR",
      is_ext_shared: shared,
      shared_team_ids: [team, ...workspaces, ...(shared ? outside : [])],
      internal_team_ids: workspaces.length > 0 ? [team, ...workspaces] : [],
      pending_connected_team_ids: pending,
      ...(shared ? { connected_team_ids: outside, conversation_host_id: team } : {}),
      is_member: channel.members.has(botUser),
      topic: { value: "", creator: "", last_set: 0 },
      purpose: { value: "", creator: "", last_set: 0 },
      previous_names: [],
    },
  };
}

export function membersPage(channel: Channel, args: Json): Json {
  const limit = Math.min(Number(args.limit ?? 100), 1_000);
  const from = args.cursor ? Number(Buffer.from(String(args.cursor), "base64").toString()) : 0;
  const all = [...channel.members];
  if (!Number.isInteger(from) || from < 0 || limit < 1) return { ok: false, error: "invalid_cursor" };
  const next = from + limit < all.length ? Buffer.from(String(from + limit)).toString("base64") : "";
  return { ok: true, members: all.slice(from, from + limit), response_metadata: { next_cursor: next } };
}

/** @param serves whether Coord is installed in a workspace with the token that asks */
export function userInfo(slack: SlackModel, user: string, serves: (team: string) => boolean): Json {
  const team = [...slack.teams.values()].find((one) => one.botUser === user);
  if (team)
    return { ok: true, user: { id: user, team_id: team.id, name: "coord", deleted: false, ...flags, is_bot: true } };
  const person = slack.people.get(user);
  if (!person) return { ok: false, error: "user_not_found" };
  const enterprise = slack.teams.get(person.team)?.enterprise;
  const siblings = [...slack.teams.values()].filter((one) => enterprise && one.enterprise === enterprise);
  return {
    ok: true,
    user: {
      id: user,
      team_id: person.team,
      name: person.name,
      deleted: person.disabled === true,
      real_name: person.realName ?? person.name,
      tz: person.zone ?? "Europe/Athens",
      ...flags,
      ...(person.disabled ? {} : { is_restricted: person.guest !== undefined }),
      ...(person.disabled ? {} : { is_ultra_restricted: person.guest === "single" }),
      ...(serves(person.team) || siblings.some(({ id }) => serves(id)) ? {} : { is_stranger: true }),
      ...(enterprise
        ? { enterprise_user: { id: user, enterprise_id: enterprise, teams: siblings.map(({ id }) => id) } }
        : {}),
      profile: {
        real_name: person.realName ?? person.name,
        display_name: person.name,
        status_text: person.status ?? "",
        team: person.team,
        ...(person.email && slack.teams.get(person.team)?.scopes.has("users:read.email")
          ? { email: person.email }
          : {}),
      },
    },
  };
}

const flags = {
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: false,
  is_app_user: false,
};
