import type { Block, Button } from "../chat/index.js";
import type { Messages } from "../i18n/index.js";
import { MOST_COUNTED } from "../store/ordered.js";

/** Which part of a list is shown; where counting all of it costs too much, only whether more follow. */
export type Part = { page: number; size: number; shown: number } & ({ total: number } | { more: boolean });

type Listing = Part & {
  /** How many there are in words, where they are not all counted. */
  of?: string;
  /** The command that lists, and what it was told; absent where no button may carry that. */
  again?: { id: string; words: readonly (string | undefined)[] };
  /** What this view leaves out, and what shows it, where a list can. */
  hidden?: { says: string; button?: { label: string; words: string } };
};

/** How many stand in a list that is counted up to a limit: above `MOST_COUNTED` only that there are more. */
export const countOf = (t: Messages, total: number): string =>
  total > MOST_COUNTED ? t.lists.over({ count: MOST_COUNTED }) : String(total);

/** What stands under every list: which part it is, what it leaves out, and the buttons that show more. */
export function pageFoot(t: Messages, slug: string, list: Listing): Block[] {
  const { page, size, shown, again, hidden } = list;
  const from = (page - 1) * size + 1;
  const follow = "total" in list ? from + shown <= list.total : list.more;
  const part =
    "total" in list
      ? list.total > size && shown > 0
        ? t.lists.part({ range: shown > 1 ? `${from}–${from + shown - 1}` : String(from), of: list.of ?? list.total })
        : undefined
      : follow
        ? t.lists.follow
        : undefined;
  const said = [part, hidden?.says].filter((one) => one !== undefined).join(" ");
  const value = (words: readonly (string | undefined)[]) => `${slug}/${words.filter(Boolean).join(" ")}`;
  const actions: Button[] = again
    ? [
        ...(follow ? [button(again.id, t.tasks.buttons.more, value([...again.words, `page:${page + 1}`]))] : []),
        ...(hidden?.button ? [button(again.id, hidden.button.label, value([hidden.button.words]))] : []),
      ]
    : [];
  return [
    ...(said ? [{ type: "context" as const, text: said }] : []),
    ...(actions.length ? [{ type: "actions" as const, actions }] : []),
  ];
}

const button = (id: string, label: string, value: string): Button => ({ type: "button", id, label, value });

/** One page of what was read whole. */
export function pageOf<T>(all: readonly T[], page: number, size: number): { items: T[]; part: Part } {
  const items = all.slice((page - 1) * size, page * size);
  return { items, part: { page, size, shown: items.length, total: all.length } };
}
