import fc from "fast-check";
import { expect, it } from "vitest";
import { canonical } from "../../../src/audit/canonical.js";
import { skipOf, way } from "../../../src/audit/chain.js";
import { leafHash, pathOf, rootFrom, rootOf } from "../../../src/audit/merkle.js";

/** The leaves and roots that certificate logs test with (certificate-transparency, merkle tree test vectors). */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const leaves = LEAVES.map((hex) => leafHash(Buffer.from(hex, "hex").toString("latin1")));

it("has the roots of certificate logs", () => {
  expect(ROOTS.map((_, at) => rootOf(leaves.slice(0, at + 1)).toString("hex"))).toEqual(ROOTS);
});

it("proves each leaf of every tree, and no other leaf, place, size or path", () => {
  const many = Array.from({ length: 33 }, (_, n) => leafHash(`leaf ${n}`));
  for (let count = 1; count <= many.length; count++) {
    const tree = many.slice(0, count);
    const root = rootOf(tree).toString("hex");
    for (const [index, leaf] of tree.entries()) {
      const path = pathOf(tree, index);
      const lead = (...of: Parameters<typeof rootFrom>) => rootFrom(...of)?.toString("hex");
      expect(lead(leaf, index, count, path)).toBe(root);
      expect(lead(leafHash("other"), index, count, path)).not.toBe(root);
      if (count > 1) expect(lead(leaf, (index + 1) % count, count, path)).not.toBe(root);
      expect(lead(leaf, index, count, [...path, leaf])).not.toBe(root);
      expect(lead(leaf, index, count, path.slice(0, -1))).not.toBe(path.length ? root : undefined);
      expect(lead(leaf, count, count, path)).toBeUndefined();
    }
  }
});

it("goes from any seal to any earlier one by what each points to, in few steps", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (a, b) => {
      const [from, to] = [Math.max(a, b), Math.min(a, b)];
      const numbers = way(from, to);
      expect([numbers[0], numbers.at(-1)]).toEqual([from, to]);
      for (const [at, n] of numbers.slice(1).entries()) {
        const above = numbers[at] ?? 0;
        expect([above - 1, skipOf(above)]).toContain(n);
      }
      expect(numbers.length).toBeLessThan(220);
    }),
  );
});

it("writes one value in one way", () => {
  expect(canonical({ b: [1, 1e21, 0.1, null, true], a: { "\u20ac": "é\n", "\r": 1, "1": "\u2028" } })).toBe(
    '{"a":{"\\r":1,"1":"\u2028","\u20ac":"é\\n"},"b":[1,1e+21,0.1,null,true]}',
  );
});
