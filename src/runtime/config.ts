import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
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
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: text.optional(),
  SLACK_APP_TOKEN: text.optional(),
  SLACK_API_URL: url.optional(),
  MicrosoftAppId: text.optional(),
  MicrosoftAppPassword: text.optional(),
  MicrosoftAppType: z.enum(["SingleTenant", "MultiTenant"]).optional(),
  MicrosoftAppTenantId: text.optional(),
  TEAMS_ALLOWED_TENANTS: list.optional(),
  TEAMS_SERVICE_HOSTS: list.optional(),
  TEAMS_OPENID_METADATA_URL: url.optional(),
  TEAMS_LOGIN_URL: url.optional(),
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
  slack?: {
    signingSecret?: string;
    botToken?: string;
    clientId?: string;
    clientSecret?: string;
    stateSecret?: string;
    appToken?: string;
    apiUrl?: string;
  };
  teams?: {
    appId: string;
    appPassword: string;
    appType: "SingleTenant" | "MultiTenant";
    appTenantId?: string;
    allowedTenants: string[];
    serviceHosts: string[];
    openIdMetadataUrl?: string;
    loginUrl?: string;
  };
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
 * @throws StartError naming every variable that is wrong and what to do
 */
export function readConfig(
  environment: Record<string, string | undefined> = process.env,
  o: { makes?: boolean } = {},
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(given);
  if (!parsed.success)
    throw new StartError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${sentence(issue)}`).join("\n"));
  const env = parsed.data;
  const problems: string[] = [];
  const slack = slackOf(env, problems);
  const teams = teamsOf(env, problems);
  const mail = env.SMTP_URL ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM ?? "" } : undefined;
  if (mail && !mail.from) problems.push("MAIL_FROM: set the sender's address, since SMTP_URL is set.");
  if (!isLoopback(env.ADMIN_HOST) && !env.ADMIN_TOKEN)
    problems.push(
      "ADMIN_TOKEN: set it (openssl rand -hex 32), since ADMIN_HOST lets others reach the operator's pages, or unset ADMIN_HOST.",
    );
  if (problems.length) throw new StartError(problems.join("\n"));
  const { folder, dataDir, workbench, demo } = standing(env, Boolean(slack || teams), o.makes ?? false);
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
    slack,
    teams,
    mail,
    heads: { file: resolve(env.AUDIT_HEADS_FILE ?? join(dataDir, "heads.jsonl")), url: env.AUDIT_HEADS_URL },
    secretKeys: () => secretKeys(env.COORD_SECRET_KEYS, { folder, dataDir }),
  };
}

function slackOf(env: Env, problems: string[]): Config["slack"] {
  const oauth = [env.SLACK_CLIENT_ID, env.SLACK_CLIENT_SECRET, env.SLACK_STATE_SECRET];
  const any = [env.SLACK_SIGNING_SECRET, env.SLACK_BOT_TOKEN, env.SLACK_APP_TOKEN, ...oauth];
  if (!any.some(Boolean)) return undefined;
  if (!env.SLACK_SIGNING_SECRET && !env.SLACK_APP_TOKEN)
    problems.push(
      "SLACK_SIGNING_SECRET: set it (Slack app, Basic Information, App Credentials), or SLACK_APP_TOKEN for Socket Mode.",
    );
  if (!env.SLACK_BOT_TOKEN && !oauth.some(Boolean))
    problems.push(
      "SLACK_BOT_TOKEN: set it for one workspace, or SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET for many.",
    );
  if (oauth.some(Boolean)) {
    if (!oauth.every(Boolean))
      problems.push("SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_STATE_SECRET: set all three, or none.");
    if (!env.PUBLIC_URL)
      problems.push(
        "PUBLIC_URL: set it to this server's public address, so that Slack can send people back after the install.",
      );
  }
  return {
    signingSecret: env.SLACK_SIGNING_SECRET,
    botToken: env.SLACK_BOT_TOKEN,
    clientId: env.SLACK_CLIENT_ID,
    clientSecret: env.SLACK_CLIENT_SECRET,
    stateSecret: env.SLACK_STATE_SECRET,
    appToken: env.SLACK_APP_TOKEN,
    apiUrl: env.SLACK_API_URL,
  };
}

function teamsOf(env: Env, problems: string[]): Config["teams"] {
  const any = [
    env.MicrosoftAppId,
    env.MicrosoftAppPassword,
    env.MicrosoftAppTenantId,
    env.TEAMS_ALLOWED_TENANTS?.join(),
  ];
  if (!any.some(Boolean)) return undefined;
  // botbuilder takes unsigned requests when the app id is empty: never start that way.
  if (!env.MicrosoftAppId)
    problems.push("MicrosoftAppId: set the bot's application id, or unset every Teams variable.");
  const appType = env.MicrosoftAppType ?? "SingleTenant";
  if (!env.MicrosoftAppPassword) problems.push("MicrosoftAppPassword: set the bot's client secret.");
  if (appType === "SingleTenant" && !env.MicrosoftAppTenantId)
    problems.push("MicrosoftAppTenantId: set the tenant that the single-tenant bot is registered in.");
  const allowedTenants = env.TEAMS_ALLOWED_TENANTS ?? (env.MicrosoftAppTenantId ? [env.MicrosoftAppTenantId] : []);
  if (allowedTenants.length === 0)
    problems.push("TEAMS_ALLOWED_TENANTS: list the tenant ids that may speak to Coord, separated by commas.");
  return {
    appId: env.MicrosoftAppId ?? "",
    appPassword: env.MicrosoftAppPassword ?? "",
    appType,
    appTenantId: env.MicrosoftAppTenantId,
    allowedTenants,
    serviceHosts: env.TEAMS_SERVICE_HOSTS ?? [],
    openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL,
    loginUrl: env.TEAMS_LOGIN_URL,
  };
}

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
  MicrosoftAppType: "write SingleTenant or MultiTenant",
  SMTP_URL: "write smtp://user:password@host:587",
};

/** The value itself is not repeated: it may be a secret. */
const sentence = (issue: z.core.$ZodIssue): string => {
  const advice = ADVICE[String(issue.path[0]) as keyof Env];
  return `the value is not usable; ${advice ?? (issue.message.toLowerCase() || "correct it")}.`;
};
