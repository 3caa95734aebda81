import type { Messages } from "../i18n/index.js";
import { nameOf, type Share } from "./model.js";

/** What is asked before a share goes out or is taken back: to whom, under which conditions. References alone, no content. */

const recipientsOf = ({ recipients }: Share): string[] =>
  recipients.map(({ agency, person }) => (person ? `${person.name} (${agency.name})` : agency.name));

export const releaseQuestion = (share: Share, t: Messages) => ({
  text: t.sure.release({
    what: nameOf(share),
    names: recipientsOf(share),
    label: share.label,
    codes: share.codes.map((code) => `${code} (${t.information.codeShort[code]})`).join(", ") || undefined,
  }),
  yes: t.sure.releaseYes,
});

export const recallQuestion = (share: Share, t: Messages) => ({
  text: t.sure.recall({ what: nameOf(share), names: recipientsOf(share) }),
  yes: t.sure.recallYes,
});
