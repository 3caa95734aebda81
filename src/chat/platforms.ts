/**
 * What Coord needs to know of each platform, and the one place where the core knows any by name. Whatever is not here an
 * adapter says by its shape (adapter.ts) or its connector (connector.ts).
 */

/** A platform's id, as rows and accounts hold it: one of PLATFORMS. */
export type Platform = string;

export type Limit = { count: number; windowMs: number };

export type PlatformFacts = {
  /** Lowercase letters and digits, a letter first; it stands in rows and never changes. */
  id: Platform;
  /** What people call it, the same in every language. Absent: i18n has the words. */
  name?: string;
  /** Its name in full, where that is longer. */
  fullName?: string;
  /** How a line to Coord begins there. Absent: nobody writes to Coord there. */
  calls?: string;
  /** How the variables of the environment begin that connect it. Absent: it is not connected by its own. */
  variables?: string;
  /** How the operator writes an account of it, behind its id and a colon. */
  account: {
    /** The parts by name, as in the advice; absent: nobody is told to write one. */
    parts?: string;
    sample?: string;
    /** @returns undefined for what is none; without it two parts, tenant and user, with a colon between */
    read?(written: string): { tenant: string; user: string } | undefined;
    write?(account: { tenant: string; user: string }): string;
  };
  /** An id of a user is given once among all tenants, so it says who is meant where the tenant is not told. */
  usersAreUnique?: true;
  /** Accounts are mailboxes: messages go out without words of people, and nothing comes in. */
  mailbox?: true;
  /** What the operator does where the platform says that Coord may not ask something. */
  whenForbidden?: string;
  /** How fast it takes messages, and questions about who reads a conversation; nothing where it sets no limit. */
  pace: { conversation: readonly Limit[]; tenant: readonly Limit[]; asking?: Limit };
  /** The most characters that it takes or sends; see `least`. */
  longest?: Partial<Record<Length, number>>;
};

/** `title`: over a form. `value`: of a button. `state`: of a form. `field`: one that somebody fills in. */
export type Length = "title" | "value" | "state" | "field" | "message";

const platforms = new Map<Platform, PlatformFacts>();

/** All platforms, in the order in which they are listed to people. */
export const PLATFORMS: ReadonlyMap<Platform, PlatformFacts> = platforms;

/** @throws for an id that is no lowercase word or is taken */
export function definePlatform(facts: PlatformFacts): void {
  if (!/^[a-z][a-z\d]{0,23}$/.test(facts.id)) throw new Error(`a platform's id is a lowercase word, not "${facts.id}"`);
  if (platforms.has(facts.id)) throw new Error(`there is a platform ${facts.id} already`);
  platforms.set(facts.id, facts);
}

/** @throws for an id that is not in the table: an adapter was written and its platform not described */
export function platformFacts(id: Platform): PlatformFacts {
  const facts = platforms.get(id);
  if (!facts) throw new Error(`the platform ${id} is not described in src/chat/platforms.ts`);
  return facts;
}

definePlatform({
  id: "slack",
  name: "Slack",
  calls: "/coord",
  variables: "SLACK_…",
  account: { parts: "TEAM:USER", sample: "T0123:U0456" },
  // In a shared channel an id comes without its workspace; the same id is never two people's
  // (docs.slack.dev/apis/slack-connect).
  usersAreUnique: true,
  whenForbidden: "paste manifest.json into the app's settings and install it again",
  pace: {
    // docs.slack.dev/apis/web-api/rate-limits: chat.postMessage about one a second a channel, with short bursts;
    // several hundred a minute a workspace.
    conversation: [{ count: 3, windowMs: 3_000 }],
    tenant: [{ count: 300, windowMs: 60_000 }],
    // conversations.info takes 50 a minute a workspace (the same page, tier 3).
    asking: { count: 20, windowMs: 60_000 },
  },
  longest: {
    // "Max length 24 characters", in UTF-16 units: docs.slack.dev/reference/views/modal-views
    title: 24,
    // docs.slack.dev/reference/block-kit/block-elements/button-element
    value: 2_000,
    // private_metadata: docs.slack.dev/reference/views/modal-views
    state: 3_000,
    // docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
    field: 3_000,
    // Longer is cut (docs.slack.dev/changelog/2018-04-truncating-really-long-messages).
    message: 40_000,
  },
});

definePlatform({
  id: "teams",
  name: "Teams",
  fullName: "Microsoft Teams",
  calls: "@Coord",
  variables: "Microsoft…",
  account: { parts: "TENANT:OBJECTID" },
  pace: {
    // learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: send to conversation, per bot per thread;
    // 50 a second an app a tenant.
    conversation: [
      { count: 7, windowMs: 1_000 },
      { count: 8, windowMs: 2_000 },
      { count: 60, windowMs: 30_000 },
      { count: 1_800, windowMs: 3_600_000 },
    ],
    tenant: [{ count: 50, windowMs: 1_000 }],
    // A roster takes 14 a second (the same page); nobody waits for these answers.
    asking: { count: 20, windowMs: 60_000 },
  },
  // No shorter than Slack's in anything.
  longest: { title: 64 },
});

/** Goes out only, to people on no other platform. */
definePlatform({
  id: "mail",
  account: {
    parts: "ADDRESS",
    read: (written) => {
      const [address = ""] = written.split(":", 1);
      return address.includes("@") ? { tenant: "mail", user: address } : tenantAndUser(written);
    },
    write: ({ user }) => user,
  },
  mailbox: true,
  pace: { conversation: [], tenant: [{ count: 300, windowMs: 60_000 }] },
});

/** The workbench. */
definePlatform({
  id: "web",
  account: {
    // Its tenants have a colon of their own.
    read: (written) => {
      const [one = "", two = "", three, ...more] = written.split(":");
      return three === undefined || more.length ? tenantAndUser(written) : named(`${one}:${two}`, three);
    },
  },
  pace: { conversation: [], tenant: [] },
});

const named = (tenant: string, user: string) => (tenant && user ? { tenant, user } : undefined);

function tenantAndUser(written: string): { tenant: string; user: string } | undefined {
  const [tenant = "", user = "", ...more] = written.split(":");
  return more.length ? undefined : named(tenant, user);
}

/** @returns whose account is written so, e.g. `slack:T0123:U0456`; undefined for what is none */
export function readAccount(written: string): { platform: Platform; tenant: string; user: string } | undefined {
  const [id = ""] = written.split(":", 1);
  const facts = platforms.get(id);
  const found = facts && (facts.account.read ?? tenantAndUser)(written.slice(id.length + 1));
  return found && { platform: id, ...found };
}

export const writtenAccount = (account: { platform: Platform; tenant: string; user: string }): string => {
  const write = platforms.get(account.platform)?.account.write;
  return `${account.platform}:${write ? write(account) : `${account.tenant}:${account.user}`}`;
};

/** @returns the shortest that any platform of this file lets it be: what is no longer passes on all of them */
export function least(length: Length): number {
  return Math.min(...[...platforms.values()].flatMap(({ longest }) => longest?.[length] ?? []));
}
