/** English for conversations bound to agencies and who reads them; the type that every other language must satisfy. */

export const places = {
  title: (p: { agency: string }) => `The conversation of ${p.agency}`,
  shows: (p: { agency: string; platform: string; ceiling: string }) =>
    p.ceiling === "CLEAR"
      ? `The ${p.platform} conversation of ${p.agency} shows words that are TLP:CLEAR and no others: cards there keep reference, agencies, dates and state.`
      : `The ${p.platform} conversation of ${p.agency} shows words up to TLP:${p.ceiling}.`,
  because: (p: { reason: string; platform: string; scope?: string }) => {
    switch (p.reason) {
      case "not_asked":
        return `${p.platform} has not said yet who reads it.`;
      case "asking":
        return `Something changed there, and ${p.platform} is being asked who reads it now.`;
      case "no_answer":
        return `${p.platform} has not said for two days who reads it, so outsiders may.`;
      case "shared":
        return "It is shared with another organisation, which can read it.";
      case "invited":
        return "Another organisation is invited to it and can join at any moment.";
      case "guests":
        return "Guests read it.";
      case "other_tenant":
        return "People of another organisation read it.";
      case "shared_kind":
        return "It is a shared channel, whose readers can be of other teams and organisations.";
      case "workspaces":
        return "It is read from workspaces in which this body knows nobody.";
      case "scope":
        return `Coord may not ask ${p.platform} who reads it${p.scope ? ` (scope ${p.scope})` : ""}: whoever runs Coord finds what to do with coord doctor.`;
      case "archived":
        return "It is archived.";
      case "no_access":
        return `${p.platform} does not let Coord see who reads it. Check that Coord is still a member there.`;
      case "too_many":
        return "It has too many readers to ask about each of them.";
      case "unsupported":
        return `${p.platform} cannot be asked who reads it.`;
      default:
        return `${p.platform} does not say clearly who reads it.`;
    }
  },
  lost: (p: { agency: string; platform: string; archived: boolean }) =>
    `Nothing reaches the ${p.platform} conversation of ${p.agency} any more: ${p.archived ? "it is archived" : "Coord is not a member of it, or may not see it"}. Its notices come to the focal points meanwhile. ${p.archived ? "Unarchive it" : "Add Coord to it again"} and type there: channel again. Or bind another one.`,
  left: (p: { agency: string; handle: string; platform: string }) =>
    `Coord was taken out of the ${p.platform} conversation of ${p.agency}. Its notices come to the people they concern meanwhile. To have them in a conversation again, add Coord to one and type there: bind @${p.handle}`,
  lowered: "It was lowered by hand; channel tlp:green gives it back what it may show.",
  ownPeople: (p: { platform: string }) => `${p.platform} says that nobody from outside reads it.`,
  asked: (p: { when: string }) => `Asked last: ${p.when}. Asked again daily, and whenever somebody comes or goes.`,
  askedAgain: (p: { platform: string }) =>
    `${p.platform} is being asked again who reads it. If that changes what it may show, the focal points hear of it.`,
  buttons: { open: "Who reads it", again: "Ask again", lower: "Show only TLP:CLEAR", raise: "Show up to TLP:GREEN" },
};

export const placeArgs = {
  ceiling: "Highest label shown",
  askAgain: "Ask the platform again",
};

export const placeErrors = {
  notBound: "This conversation is bound to no agency. Its focal point binds it with: bind @labour",
  ceilingTooHigh: (p: { label: string }) =>
    `A conversation shows words up to TLP:GREEN at most, and TLP:${p.label} opens in a dialog. Type: channel tlp:green`,
  ceilingHeld: (p: { why: string }) =>
    `It cannot show more than TLP:CLEAR. ${p.why} To have it asked anew, type: channel again`,
};

export const placeCommands = {
  channel: "Who reads this conversation, and up to which label it shows words",
};
