import { createHmac, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyedHashes } from "../../../src/matches/hash.js";
import { IDENTIFIER_KINDS } from "../../../src/matches/normalise.js";

const key = Buffer.alloc(32, 7);

test("one hash a form, in their order, of 43 characters that a URL may carry", () => {
  fc.assert(
    fc.property(fc.constantFrom(...IDENTIFIER_KINDS), fc.uniqueArray(fc.string(), { maxLength: 8 }), (kind, forms) => {
      const hashes = keyedHashes(kind, forms, key);
      expect(hashes).toHaveLength(forms.length);
      for (const [i, hash] of hashes.entries()) {
        expect(hash).toMatch(/^[\w-]{43}$/);
        expect(keyedHashes(kind, [forms[i] ?? ""], key)).toEqual([hash]);
      }
      expect(new Set(hashes).size).toBe(forms.length);
    }),
  );
});

test("it is the HMAC over kind and form that is documented: stored hashes outlive this code", () => {
  const expected = createHmac("sha256", key).update("phone\0phone:+302101234567").digest("base64url");
  expect(keyedHashes("phone", ["phone:+302101234567"], key)).toEqual([expected]);
  expect(expected).toBe("YRx5nf2t5Xo-G0yU1pfu3VR8J-N16Qhc5_D8Z1yM8QI");
});

test("another key or another kind is another hash, and a form said twice is one", () => {
  const [hash] = keyedHashes("phone", ["a:b"], key);
  expect(keyedHashes("phone", ["a:b"], randomBytes(32))).not.toContain(hash);
  expect(keyedHashes("name", ["a:b"], key)).not.toContain(hash);
  expect(keyedHashes("phone", ["a:b", "a:b"], key)).toEqual([hash]);
});

test("a short key is refused: phone numbers are few enough to be tried out", () => {
  expect(() => keyedHashes("phone", ["a:b"], Buffer.alloc(31))).toThrow(RangeError);
  expect(() => keyedHashes("phone", ["a:b"], Buffer.alloc(0))).toThrow(RangeError);
});
