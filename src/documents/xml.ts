/** Typed words as XML may hold them. */

/** What XML 1.0 has no way to say: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
const UNSAYABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export const clean = (text: string): string => text.replace(UNSAYABLE, "");

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

/** The name of an element or attribute without its prefix, which is whatever the file declares (Namespaces in XML 1.0, 4). */
export const localOf = (name: string): string => name.replace(/^[^:]*:/, "");
