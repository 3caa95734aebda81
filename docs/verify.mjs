#!/usr/bin/env node
// Checks what `coord audit export` wrote, with Node.js alone: node verify.mjs record.json [--key KEY] [--head FILE]
// --key   the public key that the heads are known to be signed with (`coord audit key`)
// --head  heads that were kept elsewhere: the proof must lead through them. What is hashed: audit.md, beside this file.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** RFC 8785: no blanks, names in order. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** RFC 9162, 2.1.3.2. */
function rootFrom(leaf, index, count, path) {
  if (!(index < count)) return undefined;
  let [at, last, hash] = [index, count - 1, leaf];
  for (const beside of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = sha256(Uint8Array.of(1), beside, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = sha256(Uint8Array.of(1), hash, beside);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

const sealHash = (seal) => sha256(canonical({ ...seal, type: "coord-seal", version: 2 })).toString("hex");

function isSigned({ signature, ...head }) {
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(head.key, "base64url")]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  return verify(null, Buffer.from(canonical(head)), key, Buffer.from(signature, "base64url"));
}

process.on("uncaughtException", ({ message }) => {
  console.error(`That cannot be read as a record of Coord: ${message}`);
  process.exit(1);
});

const [file, ...rest] = process.argv.slice(2);
const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
if (!file) {
  console.error("Usage: node verify.mjs record.json [--key KEY] [--head FILE]");
  process.exit(2);
}

const text = readFileSync(file, "utf8");
const record = JSON.parse(/<script type="application\/json" id="record">(.*)<\/script>/.exec(text)?.[1] ?? text);
const { head, seals, events, body, item } = record;
const wrong = [];
const must = (holds, what) => holds || wrong.push(what);

must(isSigned(head), "the head does not bear its signature");
must(head.body === body.id, "the head is another body's");
if (option("--key")) must(head.key === option("--key"), `the head is signed with ${head.key}, not with the key given`);

// From the head down, each seal names the next one's hash.
const hashes = new Map();
seals.forEach((seal, at) => {
  const hash = sealHash(seal);
  const above = seals[at - 1];
  if (!above)
    must(seal.n === head.n && hash === head.hash && seal.size === head.size, "the chain does not end in the head");
  else {
    const linked =
      seal.n === above.n - 1 ? above.previous === hash : seal.n === (above.n & (above.n - 1)) && above.skip === hash;
    must(linked, `seal ${above.n} does not point to seal ${seal.n}`);
  }
  must(seal.body === body.id, `seal ${seal.n} is another body's`);
  hashes.set(seal.n, { seal, hash });
});

for (const { seal: n, index, event, path } of events) {
  const { seal } = hashes.get(n) ?? {};
  const { id, body: of, itemKind, itemId } = JSON.parse(event);
  const leaf = sha256(Uint8Array.of(0), event);
  const root =
    seal &&
    rootFrom(
      leaf,
      index,
      seal.count,
      path.map((one) => Buffer.from(one, "hex")),
    );
  must(root?.toString("hex") === seal?.root && root, `event ${id} is not proven to stand in seal ${n}`);
  must(of === body.id && itemKind === item.kind && itemId === item.id, `event ${id} is another item's`);
}

let met = 0;
if (option("--head"))
  for (const line of readFileSync(option("--head"), "utf8")
    .split("\n")
    .filter((one) => one.trim())) {
    const short = /^(\d+):([0-9a-f]{16,64})$/i.exec(line.trim());
    const kept = short ? { n: Number(short[1]), hash: short[2].toLowerCase() } : JSON.parse(line);
    if (kept.body && kept.body !== body.id) continue;
    if (!short)
      must(
        isSigned(kept) && kept.key === head.key,
        `the kept head of seal ${kept.n} does not bear this key's signature`,
      );
    const known = kept.n === head.n ? head : hashes.get(kept.n);
    if (!known) continue;
    met++;
    must(known.hash.startsWith(kept.hash), `seal ${kept.n} is not the one that was kept`);
  }
if (option("--head") && met === 0) wrong.push("none of the kept heads lies on the way: export again with --head");

if (wrong.length) {
  console.error(`${item.ref} is NOT proven:\n- ${wrong.join("\n- ")}`);
  process.exit(1);
}
const kept = met ? ` It leads through ${met} of the heads that were kept.` : "";
console.log(
  `${item.ref}: ${events.length} events are proven to stand in the log that ends with seal ${head.n}, ${head.size} events, ${head.at}, signed with ${head.key}.${kept}`,
);
const { unproven, waiting } = record;
if (unproven.length) console.log(`${unproven.length} older events have no proof of their own.`);
if (waiting) console.log(`${waiting} newer events were not sealed when it was written.`);
