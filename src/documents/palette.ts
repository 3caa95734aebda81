/** Colours, patterns and marks of a picture: what one tells by colour, another tells by pattern or shape. */

export type Theme = "light" | "dark";

/**
 * M. Okabe and K. Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color/, without its black, which is ink
 * here. Told apart with each of the three kinds of colour blindness; the first ones also stand out best from the ground.
 */
export const COLOURS = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442"] as const;

export type Shades = {
  ground: string;
  ink: string;
  /** Small print and the words of axes. */
  grey: string;
  grid: string;
  /** Around the whole picture, so that its end shows on a ground much like its own. */
  edge: string;
};

export const SHADES: Record<Theme, Shades> = {
  light: { ground: "#FAFAFB", ink: "#1B1F27", grey: "#4F5866", grid: "#D5D9E0", edge: "#818A9A" },
  dark: { ground: "#22262E", ink: "#F1F3F6", grey: "#B9C0CB", grid: "#474D59", edge: "#7D8696" },
};

/** On a tile of eight by eight. The first is plain; none is a hatching, which says that a value is not told. */
const STROKES = ["", "M2 2h.1M6 6h.1", "M0 4H8", "M4 0V8", "M0 6L4 2L8 6", "M0 4H8M4 0V8", "M4 2V6M2 4H6"] as const;

/** No two of the first 49 series are alike in colour and pattern. */
export const colourOf = (series: number): string => COLOURS[series % COLOURS.length] ?? COLOURS[0];

export const strokesOf = (series: number): string =>
  STROKES[(series + Math.floor(series / COLOURS.length)) % STROKES.length] ?? STROKES[0];

export const HATCH = "M-2 2L2 -2M0 8L8 0M6 10L10 6";

const DASHES = ["", "10 5", "3 4", "14 4 3 4"] as const;

export const dashOf = (series: number): string => DASHES[series % DASHES.length] ?? "";
