import { zipSync } from "fflate";
import { colorIcon, outlineIcon } from "./icons.js";
import { type ManifestOptions, teamsManifest } from "./manifest.js";

/** The app package that an administrator uploads to Teams. */
export const teamsPackage = (options: ManifestOptions): Buffer =>
  Buffer.from(
    zipSync({
      "manifest.json": Buffer.from(`${JSON.stringify(teamsManifest(options), null, 2)}\n`),
      "color.png": colorIcon(),
      "outline.png": outlineIcon(),
    }),
  );

/** @throws with what to set, for an environment that gives no package. */
export function packageOptions(env: Record<string, string | undefined>): Omit<ManifestOptions, "commands"> {
  const appId = env.MicrosoftAppId?.trim() ?? "";
  const publicUrl = env.PUBLIC_URL?.trim() ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(appId))
    throw new Error("Set MicrosoftAppId to the bot's app id, e.g. 00000000-0000-0000-0000-000000000000.");
  if (!URL.canParse(publicUrl) || new URL(publicUrl).protocol !== "https:")
    throw new Error("Set PUBLIC_URL to Coord's public https address, e.g. https://coord.example.org.");
  return { appId, publicUrl };
}
