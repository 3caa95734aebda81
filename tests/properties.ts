import fc from "fast-check";

/**
 * The values that properties are tried with are the same in every run, so that a change is judged by what it changed.
 * `PROPERTY_SEED=random npm test` looks for what nobody has found yet, and a number repeats such a run: fast-check
 * prints the seed of what fails.
 */
const asked = process.env.PROPERTY_SEED ?? "1";
if (asked !== "random") {
  const seed = Number(asked);
  if (!Number.isSafeInteger(seed)) throw new Error(`PROPERTY_SEED is "random" or a whole number, not “${asked}”`);
  fc.configureGlobal({ seed });
}
