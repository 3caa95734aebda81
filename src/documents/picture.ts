/** Pictures as chat shows them. */

import { chartSvg } from "./chart.js";
import type { Chart } from "./chart-model.js";
import { fontFiles } from "./letters.js";
import type { Theme } from "./palette.js";

/** Twice the size of the drawing, for screens with two pixels where others have one. */
const ZOOM = 2;

/**
 * One picture for readers of light and of dark: it brings its ground and a line around it.
 *
 * @throws where the renderer cannot be loaded on this machine
 */
export const chartPng = (chart: Chart, theme: Theme = "light"): Promise<Uint8Array> => png(chartSvg(chart, theme));

/** In pixels of 96 to the inch, as a PNG's first chunk tells it (PNG, 11.2.1). */
export function pictureSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16) / ZOOM, height: view.getUint32(20) / ZOOM };
}

/** Letters come from the fonts of letters.ts alone, so that the same drawing gives the same picture on every machine. */
export async function png(svg: string, zoom = ZOOM): Promise<Uint8Array> {
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fontFiles(svg), defaultFontFamily: "Open Sans" },
    fitTo: { mode: "zoom", value: zoom },
  });
  return image.asPng();
}
