import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { type Configured, type Connector, platformFacts, type Variables } from "../chat/index.js";
import { privateFolders } from "../store/folder.js";
import { StartError } from "../store/lock.js";
import { isLoopback } from "./direct.js";

/** The environment that README.md lists. This file alone reads `process.env`. */
const text = z.string().trim().min(1);
const list = text.transform((value) => value.split(/[\s,]+/).filter(Boolean));
const url = z.url();
const flag = z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");

/** What is posted there says how much is done here: it goes encrypted, or to this machine. */
function isPrivate(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname));
}

const Environment = z.object({
  COORD_DATA_DIR: text.default(".coord"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  HOST: text.default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  ADMIN_HOST: text.default("127.0.0.1"),
  ADMIN_PORT: z.coerce.number().int().min(0).max(65535).optional(),
  // Of what a header can carry, and long enough not to be guessed.
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,500}$/)
    .optional(),
  PUBLIC_URL: url.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text.optional(),
  COORD_SECRET_KEYS: list.optional(),
  AUDIT_HEADS_FILE: text.optional(),
  AUDIT_HEADS_URL: url.refine(isPrivate).optional(),
  COORD_DEMO: flag.optional(),
  COORD_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

type Env = z.infer<typeof Environment>;

export type Config = {
  /** As the operator named it. */
  folder: string;
  /** That folder, or the demo's within it. */
  dataDir: string;
  databaseUrl?: string;
  redisUrl?: string;
  host: string;
  port: number;
  admin: { host: string; port?: number; token?: string };
  publicUrl?: string;
  log: Env["COORD_LOG"];
  /** The workbench is shown, on this machine alone. */
  workbench: boolean;
  /** The fictional body is loaded where there is none. */
  demo: boolean;
  /** The platforms that are set up, in the order of their connectors. */
  platforms: readonly Configured[];
  mail?: { smtpUrl: string; from: string };
  /** Where the heads of the record go by themselves. */
  heads: { file: string; url?: string };
  /** 32-byte keys, newest first. */
  secretKeys: () => Buffer[];
};

/**
 * Where no platform is connected and nobody made a body, there is the demo, in a folder of its own: what `coord init`
 * makes stands beside nothing.
 */
function standing(
  env: Env,
  connected: boolean,
  makes: boolean,
): Pick<Config, "folder" | "dataDir" | "workbench" | "demo"> {
  const own = resolve(env.COORD_DATA_DIR);
  const workbench = env.COORD_DEMO ?? !(connected || env.DATABASE_URL);
  const rehearsal = workbench && env.COORD_DEMO === undefined && !makes && !existsSync(join(own, "database"));
  const dataDir = rehearsal ? join(own, "demo") : own;
  return { folder: own, dataDir, workbench, demo: rehearsal || env.COORD_DEMO === true };
}

/**
 * @param environment usually `process.env`; empty values count as absent
 * @param o.makes a body of one's own is being made
 * @param o.connectors of the platforms that can be set up; their variables are read with the others
 * @throws StartError naming every variable that is wrong and what to do
 */
export function readConfig(
  environment: Record<string, string | undefined> = process.env,
  o: { makes?: boolean; connectors?: readonly Connector[] } = {},
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const connectors = o.connectors ?? [];
  const own: Variables = Object.assign({}, ...connectors.map(({ variables }) => variables));
  const parsed = Environment.safeParse(given);
  const theirs = z.object(shapeOf(own)).safeParse(given);
  if (!parsed.success || !theirs.success) {
    const issues = [...(parsed.error?.issues ?? []), ...(theirs.error?.issues ?? [])];
    throw new StartError(issues.map((issue) => `${issue.path.join(".")}: ${sentence(issue, own)}`).join("\n"));
  }
  const env = parsed.data;
  const problems: string[] = [];
  const platforms = connectors.flatMap(({ platform, variables, configured }) => {
    platformFacts(platform);
    const said = Object.fromEntries(Object.keys(variables).map((name) => [name, theirs.data[name]]));
    return configured(said, { publicUrl: env.PUBLIC_URL, problem: (sentence) => void problems.push(sentence) }) ?? [];
  });
  const mail = env.SMTP_URL ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM ?? "" } : undefined;
  if (mail && !mail.from) problems.push("MAIL_FROM: set the sender's address, since SMTP_URL is set.");
  if (!isLoopback(env.ADMIN_HOST) && !env.ADMIN_TOKEN)
    problems.push(
      "ADMIN_TOKEN: set it (openssl rand -hex 32), since ADMIN_HOST lets others reach the operator's pages, or unset ADMIN_HOST.",
    );
  if (problems.length) throw new StartError(problems.join("\n"));
  const { folder, dataDir, workbench, demo } = standing(env, platforms.length > 0, o.makes ?? false);
  return {
    folder,
    dataDir,
    workbench,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    host: env.HOST,
    port: env.PORT,
    admin: { host: env.ADMIN_HOST, port: env.ADMIN_PORT, token: env.ADMIN_TOKEN },
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ""),
    log: env.COORD_LOG,
    demo,
    platforms,
    mail,
    heads: { file: resolve(env.AUDIT_HEADS_FILE ?? join(dataDir, "heads.jsonl")), url: env.AUDIT_HEADS_URL },
    secretKeys: () => secretKeys(env.COORD_SECRET_KEYS, { folder, dataDir }),
  };
}

const KINDS = { text, url, list };

/** @param own variables of the platforms by name */
const shapeOf = (own: Variables) =>
  Object.fromEntries(
    Object.entries(own).map(([name, kind]) => [
      name,
      (typeof kind === "string" ? KINDS[kind] : z.enum(kind)).optional(),
    ]),
  );

/** @throws StartError when a key is not 32 bytes in base64 or hex */
function secretKeys(given: string[] | undefined, { folder, dataDir }: Pick<Config, "folder" | "dataDir">): Buffer[] {
  if (given) return given.map(keyOf);
  privateFolders([folder, dataDir]);
  const file = join(dataDir, "secret.keys");
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  return readFileSync(file, "utf8").split(/\s+/).filter(Boolean).map(keyOf);
}

function keyOf(text: string): Buffer {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64");
  if (key.length !== 32)
    throw new StartError("COORD_SECRET_KEYS: each key is 32 bytes in base64; make one with: openssl rand -base64 32");
  return key;
}

const ADVICE: Partial<Record<keyof Env, string>> = {
  DATABASE_URL: "write postgresql://user:password@host:5432/database, or unset it for the embedded database",
  REDIS_URL: "write redis://host:6379, or unset it",
  PORT: "write a number from 0 to 65535",
  ADMIN_PORT: "write a number from 0 to 65535",
  ADMIN_TOKEN: "write 32 letters and digits or more, without blanks; make one with: openssl rand -hex 32",
  PUBLIC_URL: "write the whole address, e.g. https://coord.example.org",
  AUDIT_HEADS_URL: "write an address that begins with https://, or http:// on this machine",
  COORD_DEMO: "write 1 or 0",
  COORD_LOG: "write debug, info, warn, error or silent",
  SMTP_URL: "write smtp://user:password@host:587",
};

/** The value itself is not repeated: it may be a secret. */
const sentence = (issue: z.core.$ZodIssue, own: Variables): string => {
  const name = String(issue.path[0]);
  const kind = own[name];
  const advice = Array.isArray(kind) ? `write ${kind.join(" or ")}` : ADVICE[name as keyof Env];
  return `the value is not usable; ${advice ?? (issue.message.toLowerCase() || "correct it")}.`;
};
