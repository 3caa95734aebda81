/**
 * What Slack takes at most: the only place where these numbers stand.
 * Source unless noted: the JSDoc of @slack/types 3.2.0, the same as docs.slack.dev/reference/block-kit.
 */
export const LIMITS = {
  message: {
    blocks: 50,
    /** Longer than 40,000 is cut by Slack (changelog 2018-04); a notification needs far less. */
    text: 3_000,
    /**
     * All words of all blocks. Slack refuses more with `msg_blocks_too_long` and publishes no figure;
     * 12,000 is what it publishes for the one block that is measured per message (markdown).
     */
    budget: 12_000,
  },
  view: {
    blocks: 100,
    title: 24,
    submit: 24,
    close: 24,
    callbackId: 255,
    privateMetadata: 3_000,
    /** As for messages, no figure is published; twice the blocks, twice the words. */
    budget: 24_000,
  },
  header: 150,
  sectionText: 3_000,
  /** rich_text publishes no limit; the one of a text object keeps all body text alike. */
  richText: 3_000,
  contextText: 2_000,
  imageAlt: 2_000,
  imageTitle: 2_000,
  url: 3_000,
  actionId: 255,
  blockId: 255,
  actions: 25,
  button: { text: 75, value: 2_000, spoken: 75 },
  confirm: { title: 100, text: 300, yes: 30, no: 30 },
  /** `value`: docs.slack.dev says 150, @slack/types 75; the vocabulary promises 75. */
  option: { text: 75, description: 75, value: 150 },
  selectOptions: 100,
  /** Each with as many options as a list without groups. */
  optionGroups: 100,
  /** Checkboxes and radio buttons. */
  boxes: 10,
  placeholder: 150,
  input: { label: 2_000, hint: 2_000, maxLength: 3_000 },
  /** An error beside a field publishes no limit; it stands where a hint stands. */
  fieldError: 2_000,
  /** conversations.members: "no more than 200 results at a time" is recommended. */
  membersPage: 200,
  /** Each of them is asked about by a call of its own, a hundred a minute: more would take an hour a day. */
  membersMost: 1_000,
} as const;

/** docs.slack.dev/authentication/verifying-requests-from-slack: older than five minutes is a replay. */
export const MAX_CLOCK_SKEW_S = 300;

export const BODY = {
  /** The largest Slack payload, a view submission, stays below 300 kB. */
  most: 1_048_576,
  /** Of what carries no signature: `ssl_check=1&token=…`. */
  mostUnsigned: 4_096,
  /** Hundreds of ordinary payloads (2 to 20 kB) at once. */
  total: 32 * 1_048_576,
  /** Slack has given up on us long before. */
  ms: 5_000,
} as const;

/** Of every call to the Web API; Slack itself gives up on us after 3 s, so nobody waits on a call this long. */
export const CALL_TIMEOUT_MS = 10_000;

/** Slack acknowledges nothing after 3 s, which begin on its own side (docs.slack.dev/interactivity/handling-user-interaction). */
export const ACK_MS = 2_500;

/** docs.slack.dev/apis/events-api, Retries: at once, after a minute, after five. */
export const LAST_RETRY = 3;
