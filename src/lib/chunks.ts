/** A text block of a dialog takes 3,000 characters (docs.slack.dev/reference/block-kit/blocks/section-block). */
const CHUNK = 2_800;

/** A long text in parts of which none is too long for a block; no character is cut in two. */
export function chunks(text: string): string[] {
  const parts: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.length > CHUNK && /[\uD800-\uDBFF]/.test(rest[CHUNK - 1] ?? "") ? CHUNK - 1 : CHUNK;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return parts;
}
