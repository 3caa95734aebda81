/** U+0000 cannot be kept in a database's text, nor half a surrogate pair in its JSON. */
const UNENCODABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const mended = (text: string): string => text.replace(UNENCODABLE, "\uFFFD");

/**
 * What came as JSON, with every character that nothing could store replaced by the sign for such, in names of fields too:
 * an identifier that held one is then nobody's. What comes in nests as deep as it likes, so nothing here calls itself.
 * @param value parsed for this and nobody else's: it is changed where it stands
 */
export function encodable<T>(value: T): T {
  const holder: { value: unknown } = { value };
  const waiting: object[] = [holder];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const fields = node as Record<string, unknown>;
    for (const key of Object.keys(fields)) {
      const inner = fields[key];
      const name = mended(key);
      const kept = typeof inner === "string" ? mended(inner) : inner;
      if (name !== key) delete fields[key];
      if (name !== key || kept !== inner)
        Object.defineProperty(fields, name, { value: kept, configurable: true, enumerable: true, writable: true });
      if (typeof kept === "object" && kept !== null) waiting.push(kept);
    }
  }
  return holder.value as T;
}

/** Longer is no identifier that a platform gives; an index could not hold it. */
const LONGEST_ID = 512;

/**
 * Ids are taken as they are or not at all: a mended one could be somebody else's.
 * @param text an id, or nothing where there is none
 */
export const isId = (text: string | undefined): boolean =>
  !text || (text.length <= LONGEST_ID && /^[^\p{Cc}\p{Cs}\p{Co}\u2028\u2029]+$/u.test(text));
