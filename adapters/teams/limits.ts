/**
 * Every number of the platform that Coord keeps to, in one place, each with its source.
 * Sizes are bytes of the JSON in UTF-8; lengths are UTF-16 units, as Teams counts them.
 */
export const LIMITS = {
  body: {
    /** Larger requests are refused unread. Teams' own activities stay far below. */
    most: 1024 * 1024,
    /** Hundreds of ordinary activities (2 to 30 kB) at once. */
    total: 32 * 1024 * 1024,
    /** The connector sends from a data centre, and at once. */
    ms: 5_000,
  },
  /** "The size limit is 28 KB", learn.microsoft.com: connectors-using and incoming webhooks; cards in messages keep to it too. */
  cardBytes: 28 * 1024,
  /** An ActionSet shows six buttons: learn.microsoft.com, cards-reference, "maximum of six actions". */
  actionsInRow: 6,
  /** "The number of options in the dropdown is limited to 15": learn.microsoft.com, dynamic-search. */
  suggestions: 15,
  /** Bot commands per list, in the manifest schema (`commandLists.commands.maxItems`). */
  manifestCommands: 10,
  /** `taskInfo.title` in the manifest schema. */
  dialogTitle: 64,
  /**
   * "Your app has five seconds to respond to the invoke": learn.microsoft.com, respond-to-task-module-submit. What is
   * later opens no dialog; half a second is the way there.
   */
  dialogMs: 4_500,
  /** The Bot Connector waits 15 s for an answer; one outgoing call must leave room for it. */
  callMs: 10_000,
  /** Used where a 429 names no time: the first step of the back-off that learn.microsoft.com/rate-limit asks for. */
  retryAfterMs: 5_000,
  /** Members of one page of a roster, the most that it gives. */
  rosterPage: 500,
  /** More readers than the largest team by default has: nobody goes through them daily. */
  rosterMost: 25_000,
} as const;

/** How much of each part of a card is shown before it is cut: chosen so that an ordinary card is never cut. */
export const SHOWN = {
  summary: 500,
  heading: 300,
  text: 6_000,
  label: 150,
  factValue: 2_000,
  listItem: 600,
  button: 60,
  blocks: 80,
  facts: 40,
  items: 60,
  actions: 30,
  /** A card of these with short labels still fits; of more, "+n" says that there are. */
  options: 300,
  /** Buttons under each line of a list: all of them, or none. */
  steps: 1,
} as const;

export type Shown = { readonly [part in keyof typeof SHOWN]: number };

/** The same parts, smaller: a card that is too large is drawn again, until it fits. */
export const shownAt = (scale: number): Shown => {
  const less = (n: number) => Math.max(1, Math.floor(n * scale));
  return {
    summary: less(SHOWN.summary),
    heading: less(SHOWN.heading),
    text: less(SHOWN.text),
    label: Math.max(20, less(SHOWN.label)),
    factValue: less(SHOWN.factValue),
    listItem: Math.max(20, less(SHOWN.listItem)),
    button: Math.max(20, less(SHOWN.button)),
    blocks: less(SHOWN.blocks),
    facts: less(SHOWN.facts),
    items: less(SHOWN.items),
    actions: less(SHOWN.actions),
    // Labels give way first: what is not listed cannot be chosen.
    options: scale < 0.1 ? less(SHOWN.options) : SHOWN.options,
    steps: 0,
  };
};

export const SCALES = [0.6, 0.35, 0.2, 0.1, 0.05, 0.02] as const;
