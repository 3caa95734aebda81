/** A text as its UTF-16 codes, to be changed letter for letter in time and memory that are in proportion to its length. */

export function codesOf(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at);
  return codes;
}

export function textOf(codes: Uint16Array): string {
  let text = "";
  for (let at = 0; at < codes.length; at += AT_ONCE) text += String.fromCharCode(...codes.subarray(at, at + AT_ONCE));
  return text;
}

/** A function takes no more arguments than fit on the stack. */
const AT_ONCE = 4_096;
