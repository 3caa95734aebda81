import type { z } from "zod";

/**
 * A job is one value. What it works on is a row in the database, claimed by the run itself:
 * running twice, late or not at all is made good by the claim and by the reconciler.
 */
export type Job<Data = unknown> = {
  /** Also the name of its queue. */
  id: string;
  /** References only: a payload holds no content. */
  schema: z.ZodType<Data>;
  /** How many run at once in one process. */
  concurrency: number;
  run(data: Data): Promise<void>;
};

export const defineJob = <Data>(job: Job<Data>): Job<Data> => job;
