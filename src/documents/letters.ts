/** The letters that pictures are drawn with. No font of the machine is used, so that pictures are alike everywhere. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import anyAscii from "any-ascii";
import { signsOf } from "./cmap.js";

const { resolve } = createRequire(import.meta.url);
const chinese = join(dirname(resolve("@embedpdf/fonts-sc")), "..", "fonts");

/** A regular and a bold face of the same signs. */
type Family = readonly [regular: string, bold: string];

const LIGHT: readonly Family[] = [
  [
    resolve("@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf"),
    resolve("@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf"),
  ],
  [
    resolve("@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf"),
    resolve("@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf"),
  ],
];
/** It weighs 17 MB, so it is read for those who need it. */
const HEAVY: Family = [join(chinese, "NotoSansHans-Regular.otf"), join(chinese, "NotoSansHans-Bold.otf")];

/** The files to draw a text with: as few as have all of its signs. */
export const fontFiles = (text: string): string[] =>
  (hasAll(LIGHT, text) ? LIGHT : [...LIGHT, HEAVY]).flatMap((faces) => [...faces]);

/** Whether every sign of a text has a shape in the fonts, so that none is drawn as an empty box or left out. */
export const isDrawable = (text: string): boolean => hasAll(LIGHT, text) || hasAll([...LIGHT, HEAVY], text);

/**
 * A text of which every sign has a shape: itself, or what is offered instead of it, or itself with each word that has
 * none spelled in Latin letters. Where it names something, what comes back does.
 */
export function drawable(text: string, instead = ""): string {
  const whole = text.normalize("NFC");
  if (isDrawable(whole)) return whole;
  if (instead.trim() !== "" && isDrawable(instead)) return instead;
  return whole
    .split(/(\s+)/)
    .map((word) => (isDrawable(word) ? word : spelled(word)))
    .join("");
}

/** Pictograms come back as `:name_of_it:`. */
const spelled = (word: string): string => anyAscii(word).replace(/[:_]+/g, " ").trim() || "?";

/** What asks for no shape of its own (joiners, selectors, marks of direction, spaces) is in no way missing. */
const hasAll = (families: readonly Family[], text: string): boolean =>
  [...text.replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}\s]+/gu, "")].every((sign) =>
    families.some(([regular]) => known(regular).has(sign.codePointAt(0) ?? 0)),
  );

const read = new Map<string, ReadonlySet<number>>();

function known(file: string): ReadonlySet<number> {
  const signs = read.get(file) ?? signsOf(file);
  read.set(file, signs);
  return signs;
}
