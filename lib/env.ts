import { z } from "zod";

const flag = z.stringbool({ truthy: ["true", "1", "yes", "on"], falsy: ["false", "0", "no", "off"] });
const optional = z.string().trim().min(1).optional();
const url = z.url({ protocol: /^https?$/ });
const count = z.coerce.number().int().nonnegative();
const positive = z.coerce.number().int().positive();
/** A name without a port; one with a dot before it stands for all below it. */
const hostName = String.raw`(?:\*|(?:\*?\.)?[\w-]+(?:\.[\w-]+)*)`;
const hostList = new RegExp(String.raw`^\s*${hostName}(?:\s*,\s*${hostName})*\s*$`);

/**
 * Every setting of the process. An empty value counts as unset, except for the two tokens, where it
 * switches the role off.
 */
const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3100),
  HOST: z.string().default("127.0.0.1"),
  ALLOWED_HOSTS: z
    .string()
    .regex(hostList, "expected names with commas between them, such as chat.example.com, .example.com or *")
    .transform((names) => names.split(",").map((name) => name.trim()))
    .default([]),
  DATA_DIR: z.string().default(".data"),
  INDEX_URI: z
    .string()
    .regex(/^s3:\/\/[^/\s]+(\/\S*)?$/, "expected s3://bucket/prefix")
    .optional(),
  AWS_ENDPOINT_URL: url.optional(),
  AWS_REGION: optional,
  AWS_DEFAULT_REGION: optional,
  AWS_ACCESS_KEY_ID: optional,
  AWS_SECRET_ACCESS_KEY: optional,
  AWS_SESSION_TOKEN: optional,
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: url.optional(),
  CHAT_MODEL: optional,
  EMBEDDING_MODEL: optional,
  EXTRACT_TRIPLES: flag.default(false),
  RERANK_BASE_URL: url.optional(),
  RERANK_MODEL: optional,
  RERANK_API_KEY: optional,
  DEBUG_TOKEN: z.string().optional(),
  ADMIN_TOKEN: z.string().optional(),
  DEBUG_COLLECT: z.enum(["role", "all"]).default("role"),
  DEBUG_TTL_SECONDS: positive.default(3600),
  DEBUG_CONTENT: flag.default(true),
  REDACT_PATTERNS: optional,
  MODEL_TIMEOUT_SECONDS: z.coerce.number().positive().default(60),
  STREAM_GRACE_SECONDS: z.coerce.number().nonnegative().default(30),
  RATE_LIMIT_PER_MINUTE: count.default(60),
  TOKENS_PER_DAY: count.default(0),
  SPEND_PER_DAY_USD: z.coerce.number().nonnegative().default(0),
  STREAMS_PER_BROWSER: count.default(100),
  STREAMS_MAX: count.default(1000),
  UPLOADS_PER_DAY: count.default(0),
  UPLOAD_MB_PER_DAY: count.default(0),
  INGEST_QUEUE_MAX: positive.default(10_000),
  CONVERSATION_TTL_DAYS: z.coerce.number().positive().default(90),
  ATTACHMENT_TTL_DAYS: z.coerce.number().positive().default(1),
  JOB_TTL_DAYS: z.coerce.number().positive().default(30),
  EXPORT_TTL_SECONDS: positive.default(86_400),
  SESSION_SECRETS: optional,
  SESSION_SECRET: optional,
  LANGFUSE_ENABLED: flag.default(false),
  LANGFUSE_PUBLIC_KEY: optional,
  LANGFUSE_SECRET_KEY: optional,
  LANGFUSE_HOST: url.optional(),
  LANGFUSE_BASE_URL: url.optional(),
  LANGFUSE_PUBLIC_URL: url.optional(),
  LANGFUSE_PROJECT_ID: optional,
  LANGFUSE_TRACE: z.enum(["all", "debug"]).default("all"),
  LANGFUSE_TRACING_ENVIRONMENT: z
    .string()
    .regex(
      /^(?!langfuse)[a-z0-9_-]{1,40}$/,
      "expected a-z, 0-9, - and _, 40 characters at most, not langfuse…",
    )
    .default("default"),
  LANGFUSE_SAMPLE_RATE: z.coerce.number().min(0).max(1).default(1),
  LANGFUSE_PROMPTS: flag.default(false),
  LANGFUSE_PROMPT_LABEL: z.string().trim().min(1).max(36).default("production"),
  SUPPORT_CHECK: z.enum(["lexical", "model"]).default("lexical"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});
type Environment = z.infer<typeof environmentSchema>;

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(environmentSchema.shape);

const checkedSchema = environmentSchema.refine(
  ({ RERANK_BASE_URL, RERANK_MODEL }) => RERANK_BASE_URL === undefined || RERANK_MODEL !== undefined,
  { path: ["RERANK_MODEL"], error: "a reranker's address needs the name of its model" },
);

export interface Settings
  extends Omit<Environment, "SESSION_SECRET" | "SESSION_SECRETS" | "LANGFUSE_BASE_URL"> {
  /** The first one signs, all of them verify; empty: made at first start and kept in DATA_DIR. */
  SESSION_SECRETS: string[];
  LANGFUSE_HOST: string;
  LANGFUSE_PUBLIC_URL: string;
}

/** A setting that stops the start; its message is one line that names the variable. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const keepsEmpty = new Set(["DEBUG_TOKEN", "ADMIN_TOKEN"]);

/** Reads the settings out of an environment. Throws SettingsError for the first malformed one. */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(environmentSchema.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([name, value]) => value !== undefined && (value.trim() !== "" || keepsEmpty.has(name))),
  );
  const parsed = checkedSchema.safeParse(given);
  if (!parsed.success) throw new SettingsError(describeIssue(parsed.error));
  const { SESSION_SECRET, SESSION_SECRETS, LANGFUSE_BASE_URL, ...rest } = parsed.data;
  const host = trimSlash(rest.LANGFUSE_HOST ?? LANGFUSE_BASE_URL ?? "http://localhost:3000");
  return {
    ...rest,
    SESSION_SECRETS: (SESSION_SECRETS ?? SESSION_SECRET ?? "")
      .split(",")
      .map((secret) => secret.trim())
      .filter(Boolean),
    LANGFUSE_HOST: host,
    LANGFUSE_PUBLIC_URL: trimSlash(rest.LANGFUSE_PUBLIC_URL ?? host),
  };
}

function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const name = issue?.path.join(".") ?? "environment";
  return `${name} is not valid: ${issue?.message ?? "unreadable"}. See the settings table in README.md.`;
}

const trimSlash = (address: string) => address.replace(/\/+$/, "");

/** The settings of this process; the only reader of `process.env`. */
export function readSettings(): Settings {
  return parseSettings(process.env);
}
