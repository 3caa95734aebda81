import { z } from "zod";
import { defineNotification } from "../delivery/notification.js";
import { may } from "../policy/index.js";
import { previewOf } from "./compare.js";

/** What an import would bring, before anything of it is in the directory. */
export const directoryPreview = defineNotification({
  id: "directory.preview",
  schema: z.object({ draft: z.string() }),
  async render(work, { draft }, { t, lang, viewer }) {
    if (!may(viewer, "authority.write")) return undefined;
    const preview = await previewOf(work, draft, viewer.id);
    if (!preview) return undefined;
    const text = t.directory.preview(preview);
    const value = `${work.body.slug}/${draft}`;
    return {
      ...{ text, lang },
      blocks: [
        { type: "text", text },
        {
          type: "actions",
          actions: [{ type: "button", id: "authority-take", label: t.directory.buttons.take, value, style: "primary" }],
        },
      ],
    };
  },
});
