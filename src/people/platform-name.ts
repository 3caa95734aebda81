import { PLATFORMS, type Platform } from "../chat/index.js";
import type { Messages } from "../i18n/index.js";

/** What people call a platform: its own name in every language, or the language's word for what has none. */
export const platformName = (t: Messages, id: Platform): string =>
  t.people.platform({ name: PLATFORMS.get(id)?.name ?? id });
