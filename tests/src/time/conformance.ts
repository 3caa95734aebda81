export type Transition = {
  utc: string;
  /** Minutes from UTC, before and after. */
  before: number;
  after: number;
  kind: "gap" | "overlap";
  minutes: number;
};

export type ZoneTransitions = { zones: { zone: string; transitions: Transition[] }[] };
