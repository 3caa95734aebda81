import type { RequestAct, Viewer } from "../policy/index.js";
import type { RequestFileRow } from "../store/request-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { AttachedFile } from "./fields.js";
import { type CoopRequest, isOpen } from "./model.js";

/**
 * Files of the side that answers. They wait, seen by that side alone, until an act gives them to the side that asks; from then
 * on they belong to what was said with it.
 */

/** @property moveId the act that gave it; absent while it waits */
export type AnswerFile = AttachedFile & { agencyId: string; moveId?: string };

/** What a file can go with: an answer, a part of one, a refusal with the decision that it rests on. */
export const GIVING: readonly RequestAct[] = ["answer_part", "answer", "refuse"];

type Named = Pick<CoopRequest, "id">;

/** Those that were given and those that wait, in the order in which they came. */
export async function answerFilesOf(work: UnitOfWork, { id }: Named): Promise<AnswerFile[]> {
  const rows = await work.tx
    .selectFrom("request_files")
    .select(["id", "agency_id", "about", "move_id"])
    .where("request_id", "=", id)
    .where("agency_id", "is not", null)
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  const cipher = await work.cipher();
  return rows.flatMap((row) => opened(row, cipher.open.bind(cipher)) ?? []);
}

/** @param open unseals a text @returns undefined where the file belongs to the request itself */
export function opened(
  row: Pick<RequestFileRow, "id" | "agency_id" | "about" | "move_id">,
  open: (sealed: string) => string,
): AnswerFile | undefined {
  if (row.agency_id === null || row.about === null) return undefined;
  const about = JSON.parse(open(row.about)) as Omit<AttachedFile, "id">;
  return { ...about, id: row.id, agencyId: row.agency_id, moveId: row.move_id ?? undefined };
}

export const isWaiting = ({ moveId }: AnswerFile): boolean => moveId === undefined;

/** What was given is seen by whoever sees the request; what waits, by the agency whose it is. */
export const seesAnswerFile = (viewer: Viewer, file: AnswerFile): boolean =>
  !isWaiting(file) || (file.agencyId === viewer.agencyId && !viewer.onBehalf);

/** What goes with the next act of this agency that gives files. */
export const waitingFor = async (work: UnitOfWork, one: Named, agencyId: string): Promise<AnswerFile[]> =>
  (await answerFilesOf(work, one)).filter((file) => isWaiting(file) && file.agencyId === agencyId);

export async function giveWith(work: UnitOfWork, moveId: string, files: readonly AnswerFile[]): Promise<void> {
  if (files.length === 0) return;
  const ids = files.map(({ id }) => id);
  await work.tx.updateTable("request_files").set({ move_id: moveId }).where("id", "in", ids).execute();
}

/** What waits for an answer that will not come from there any more is not kept. */
export async function dropWaiting(work: UnitOfWork, one: CoopRequest, act?: RequestAct): Promise<void> {
  if (isOpen(one) && act !== "redirect") return;
  await work.tx
    .deleteFrom("request_files")
    .where("request_id", "=", one.id)
    .where("agency_id", "is not", null)
    .where("move_id", "is", null)
    .execute();
}
