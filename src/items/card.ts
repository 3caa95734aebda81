import type { Message } from "../chat/index.js";
import { emptied, type Reader } from "../delivery/notification.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Kind, Named } from "./kind.js";

/** An item as its card shows it. Where it was the reader's and is no longer, the copy says nothing of what it was. */
export async function drawnCard<T extends Named>(
  work: UnitOfWork,
  kind: Kind<T>,
  id: string,
  reader: Reader,
  draw: (one: T) => Promise<Message | undefined>,
): Promise<Message | undefined> {
  const one = await kind.byId(work, id);
  if (!one) return undefined;
  if (kind.sees?.(reader.viewer, one) === false) return reader.refresh ? emptied(reader) : undefined;
  return draw(one);
}
