import { choice, keyed, optional, page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { country, topic } from "../../src/training/args.js";
import { overview, TRAINING_VIEWS, trainingPage } from "../../src/training/lists.js";

export const training = defineCommand({
  name: "training",
  group: "training",
  summary: (t) => t.commands.training,
  example: "training needs topic:interviewing",
  may: "training.see",
  args: {
    topic: keyed("topic", topic()),
    country: keyed("country", country()),
    page: page(),
    view: optional(
      choice({ label: (t) => t.args.view, values: TRAINING_VIEWS, show: (t, value) => t.training.views[value] }),
    ),
  },
  async run(c, { view, page = 1, topic, country }) {
    const reader = readerIn(c);
    const filter = { topic, country };
    const message = view
      ? await trainingPage(c.work, view, { ...filter, page }, reader)
      : await overview(c.work, filter, reader);
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
