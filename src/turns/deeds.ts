/** What there is to do next with an item, whatever its kind. With a task it mostly goes without saying. */
export type Deed = "accept" | "hand" | "do" | "close" | SaidDeed;

export type SaidDeed =
  | "date"
  | "redirect"
  | "support"
  | "help"
  | "finish"
  | "review"
  | "open"
  | "outcome"
  | "use"
  | "renew"
  | "figure"
  | "evaluate"
  | "follow"
  | "vote"
  | "pick"
  | "attend"
  | "admit"
  | "start"
  | "held"
  | "end"
  | "circulate"
  | "correct"
  | "settle"
  | "approve"
  | "confirm";
