/** What speaks for asking informally, formally or both. */
export type Circumstances = {
  /** Life or safety is at stake. */
  danger: boolean;
  /** A court or prosecutor there must order it. */
  coercive: boolean;
  /** What comes of it may be needed in court. */
  evidence: boolean;
  /** There is a channel between the two services already. */
  channel: boolean;
};

export const ADVICE = ["life", "formal", "both", "channel", "liaison"] as const;
export type Advice = (typeof ADVICE)[number];

/** Life and safety go first; then what only a formal request can get (CTOC/COP/WG.7/2012/3 paras 6, 8 to 11). */
export function adviceOn({ danger, coercive, evidence, channel }: Circumstances): Advice {
  if (danger) return "life";
  if (coercive) return "formal";
  if (evidence) return "both";
  return channel ? "channel" : "liaison";
}
