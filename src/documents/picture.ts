/** Pictures as chat shows them. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Chart, chartSvg } from "./chart.js";
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

/** Letters come from the fonts below alone, so that the same drawing gives the same picture on every machine. */
export async function png(svg: string, zoom = ZOOM): Promise<Uint8Array> {
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fontFiles(svg), defaultFontFamily: "Open Sans" },
    fitTo: { mode: "zoom", value: zoom },
  });
  return image.asPng();
}

/** The Chinese ones weigh 17 MB, so they are read for those who need them. */
function fontFiles(svg: string): string[] {
  const { resolve } = createRequire(import.meta.url);
  const chinese = join(dirname(resolve("@embedpdf/fonts-sc")), "..", "fonts");
  return [
    resolve("@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf"),
    resolve("@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf"),
    resolve("@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf"),
    resolve("@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf"),
    ...(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u.test(svg)
      ? [join(chinese, "NotoSansHans-Regular.otf"), join(chinese, "NotoSansHans-Bold.otf")]
      : []),
  ];
}
