/**
 * A word that a test writes where nobody may find it again: `zq`, small letters and digits, `qz`; or all in capitals.
 * Sealed bytes and tokens are base64, in which a looser pattern is met by chance: `zq\w+qz` about once in half a
 * megabyte, this one about once in seventy.
 */
export const CANARY = /zq[a-z0-9]{4,}qz|ZQ[A-Z0-9]{4,}QZ/;
