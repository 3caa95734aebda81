import { createHash } from "node:crypto";
import { domainToASCII } from "node:url";
import { base58, bech32, bech32m, createBase58check } from "@scure/base";
import { ValidationErrorsIBAN, validateIBAN } from "ibantools";
import { plain } from "./characters.js";
import { found, type Normal, refused } from "./normal.js";

const checked = createBase58check((data: Uint8Array) => createHash("sha256").update(data).digest());

export function account(raw: string): Normal {
  const typed = plain(raw);
  if (typed === "") return refused("empty");
  if (typed.length > 320) return refused("not_an_account");
  return wallet(typed) ?? bank(typed) ?? mail(typed) ?? profile(typed) ?? refused("not_an_account");
}

/** `bitcoin:…?amount=1` (BIP 21) and what people write before an address. */
const COIN =
  /^(?:bitcoin|btc|ethereum|eth|tron|trx|usdt|usdc|litecoin|ltc|dogecoin|doge|solana|sol|monero|xmr)[:\s]\s*/i;

/** By its form, since one form serves many coins: an 0x address holds USDT on Ethereum, BNB and Polygon alike. */
function wallet(typed: string): Normal | undefined {
  const address = typed.replace(COIN, "").replace(/\?.*$/, "");
  // EIP-55 puts a checksum into the case of the letters and lets all be small: it is one account either way.
  if (/^0x[\da-f]{40}$/i.test(address)) return found(`evm:${address.toLowerCase()}`);
  if (/^[a-z]{1,10}1[a-z\d]{6,88}$/i.test(address)) {
    // BIP 173: all small or all capitals (QR codes), never mixed.
    if (bech32.decodeUnsafe(address) ?? bech32m.decodeUnsafe(address)) return found(`bech32:${address.toLowerCase()}`);
    if (/^(?:bc|tb|ltc)1[a-z\d]{20,}$/i.test(address)) return refused("check_digit", "wallet");
  }
  if (!/^[1-9A-HJ-NP-Za-km-z]{26,110}$/.test(address)) return undefined;
  // Monero: 95 or, with a payment id, 106 characters in blocks of eleven. Its checksum (Keccak) is not verified.
  if (/^[48]/.test(address) && (address.length === 95 || (address.length === 106 && address[0] === "4")))
    return found(`base58:${address}`);
  if (address.length > 44) return undefined;
  const { length } = base58.decode(address);
  // Solana: the 32 bytes of a key, without a check.
  if (length === 32) return found(`base58:${address}`);
  // A version, twenty bytes and four of checksum: Bitcoin, Litecoin, Dogecoin, Tron.
  if (length !== 25 || /^[A-Z]{2}\d{2}[A-Z\d]+$/.test(address)) return undefined;
  return checks(address) ? found(`base58:${address}`) : refused("check_digit", "wallet");
}

function checks(address: string): boolean {
  try {
    checked.decode(address);
    return true;
  } catch {
    return false;
  }
}

/** ISO 13616: the country's length and pattern, then mod 97. */
function bank(typed: string): Normal | undefined {
  const number = typed
    .replace(/^iban[\s:.]*/i, "")
    .replace(/[\s.-]/g, "")
    .toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{8,30}$/.test(number))
    return /^iban(?![a-z])/i.test(typed) ? refused("not_an_account", "iban") : undefined;
  const { valid, errorCodes } = validateIBAN(number);
  if (valid) return found(`iban:${number}`);
  const formless = [
    ValidationErrorsIBAN.NoIBANCountry,
    ValidationErrorsIBAN.WrongBBANLength,
    ValidationErrorsIBAN.WrongBBANFormat,
    ValidationErrorsIBAN.ChecksumNotNumber,
  ];
  return refused(errorCodes.some((code) => formless.includes(code)) ? "not_an_account" : "check_digit", "iban");
}

/**
 * RFC 5321 lets the local part differ by case, and no provider that matters does. Dots and what follows a + stay: what
 * they mean is each provider's own, and differs.
 */
function mail(typed: string): Normal | undefined {
  const [, local, domain] =
    /^(?:mailto:|[^<>]*<)?\s*([^\s<>@,;:()"/\\]+)@([^\s<>@,;:()"/\\]+?)\.?>?$/i.exec(typed) ?? [];
  if (!local || !domain) return undefined;
  const host = domainToASCII(domain.toLowerCase());
  if (!/^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/.test(host))
    return refused("not_an_account", "mail");
  return found(`email:${local.toLowerCase()}@${host}`);
}

const PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  facebook: ["fb", "facebook.com", "fb.com"],
  instagram: ["ig", "insta", "instagram.com"],
  telegram: ["tg", "t.me", "telegram.me"],
  tiktok: ["tt", "tiktok.com"],
  x: ["twitter", "x.com", "twitter.com"],
  snapchat: ["snap", "snapchat.com/add", "snapchat.com"],
  youtube: ["yt", "youtube.com"],
  vk: ["vkontakte", "vk.com"],
  threads: ["threads.net", "threads.com"],
  linkedin: ["linkedin.com/in"],
};

const PLATFORM_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(PLATFORMS).flatMap(([name, others]) => [name, ...others].map((other) => [other, name] as const)),
);

const ADDRESSES = [...PLATFORM_OF.keys()].filter((name) => name.includes(".")).sort((a, b) => b.length - a.length);

const HANDLE = "[\\p{L}\\p{N}_.-]{2,64}";
const WRITTEN = new RegExp(`^([a-z][a-z\\d.-]{0,30})\\s*:\\s*@(${HANDLE})$`, "u");
const LOOSE = new RegExp(`^([a-z]+)[\\s:]+@?(${HANDLE})$`, "u");
const LINKED = new RegExp(`^@?(${HANDLE})(?:/[a-z_]*)?/?(?:[?#].*)?$`, "u");

/** `telegram:@handle` on any platform; a link, or a looser writing, on those we know. No platform's case tells. */
function profile(typed: string): Normal | undefined {
  const small = typed.toLowerCase();
  const link = small.replace(/^https?:\/\//, "").replace(/^(?:www|m|mobile)\./, "");
  const host = ADDRESSES.find((address) => link.startsWith(`${address}/`));
  if (host) return linked(PLATFORM_OF.get(host) ?? host, link.slice(host.length + 1));
  if (/^(?:wa\.me|whatsapp|viber|signal)(?![a-z])/.test(link)) return refused("not_an_account", "phone");
  const [, platform = "", handle] = WRITTEN.exec(small) ?? [];
  if (handle) return named(PLATFORM_OF.get(platform) ?? platform, handle);
  const [, word = "", loose] = LOOSE.exec(small) ?? [];
  const known = PLATFORM_OF.get(word);
  if (known && loose) return named(known, loose);
  return small.startsWith("@") ? refused("not_an_account", "platform") : undefined;
}

function linked(platform: string, path: string): Normal {
  const id = platform === "facebook" ? /^profile\.php\?(?:.*&)?id=(\d{4,})/.exec(path)?.[1] : undefined;
  if (id) return named(platform, id);
  const handle = LINKED.exec(path)?.[1];
  // An invitation, a channel's number, a group: no handle, and their case may tell.
  const other =
    !handle || /^(?:joinchat|channel|c|s|p|reel|groups|watch|share|profile\.php|pages|home|i)$/.test(handle);
  return other ? refused("not_an_account", "link") : named(platform, handle);
}

/** Facebook tells nobody apart by full stops; elsewhere they are part of the name. */
function named(platform: string, handle: string): Normal {
  const name = platform === "facebook" ? handle.replace(/\./g, "") : handle;
  return name === "" ? refused("not_an_account") : found(`handle:${platform}:@${name}`);
}
