import { crc32, deflateSync } from "node:zlib";

/** The app's two icons, drawn: three places joined to one another. */

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];
type Point = readonly [x: number, y: number];

const PLACES: readonly Point[] = [
  [0.5, 0.27],
  [0.27, 0.68],
  [0.73, 0.68],
];

/** How far a point is from the drawing's ink, in units of the icon's width; negative is inside. */
function distance([x, y]: Point): number {
  const dots = PLACES.map(([cx, cy]) => Math.hypot(x - cx, y - cy) - 0.13);
  const lines = PLACES.map((from, n) => toSegment([x, y], from, PLACES[(n + 1) % PLACES.length] ?? from) - 0.035);
  return Math.min(...dots, ...lines);
}

function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** 1 on ink, 0 off it, between the two along the edge. */
const ink = (x: number, y: number, size: number): number =>
  Math.max(0, Math.min(1, 0.5 - distance([(x + 0.5) / size, (y + 0.5) / size]) * size));

/** Full colour, 192x192: white on the app's accent colour. */
export const colorIcon = (): Buffer =>
  png(192, (x, y) => {
    const white = ink(x, y, 192);
    const mix = (part: number) => Math.round(part + (255 - part) * white);
    return [mix(0x1f), mix(0x4e), mix(0x79), 255];
  });

/** 32x32, white on transparent, as Teams asks for. */
export const outlineIcon = (): Buffer => png(32, (x, y) => [255, 255, 255, Math.round(255 * ink(x, y, 32))]);

/** A square RGBA image: PNG specification, 5 and 11. */
function png(size: number, at: (x: number, y: number) => Pixel): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // eight bits a channel, RGBA
  const rows = Buffer.alloc(size * (1 + size * 4)); // each row begins with its filter: 0, none
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) rows.set(at(x, y), y * (1 + size * 4) + 1 + x * 4);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "ascii"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
