import { z } from "zod";

/** The sizes of docker-compose.langfuse.yml, by the names of its profiles. */
export const profileSchema = z.enum(["full", "simplified"]);
export type Profile = z.infer<typeof profileSchema>;

type Present = Readonly<Record<string, string | undefined>>;
/** Bytes from a source of randomness, as hexadecimal digits. */
export type RandomHex = (bytes: number) => string;

const password = (random: RandomHex) => random(24);
const secret = (random: RandomHex) => random(32);

/** What both sizes need: Compose reads all of the file, so that no variable of either may be missing. */
const SECRETS: Readonly<Record<string, (random: RandomHex) => string>> = {
  LANGFUSE_PUBLIC_KEY: (random) => `pk-lf-${random(16)}`,
  LANGFUSE_SECRET_KEY: (random) => `sk-lf-${random(16)}`,
  LANGFUSE_SALT: secret,
  LANGFUSE_ENCRYPTION_KEY: secret,
  LANGFUSE_NEXTAUTH_SECRET: secret,
  // Langfuse asks for a letter, a digit and a special character.
  LANGFUSE_ADMIN_PASSWORD: (random) => `Lf-${random(12)}`,
  LANGFUSE_POSTGRES_PASSWORD: password,
  LANGFUSE_CLICKHOUSE_PASSWORD: password,
  LANGFUSE_REDIS_PASSWORD: password,
  LANGFUSE_S3_PASSWORD: password,
  SIDETRACE_REDIS_PASSWORD: password,
};

const inUrl = z.string().regex(/^[\w.~-]+$/, "stands in a URL: letters, digits, and . _ ~ - only");
const givenSchema = z.object({
  LANGFUSE_ENCRYPTION_KEY: z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits"),
  LANGFUSE_POSTGRES_PASSWORD: inUrl,
  SIDETRACE_REDIS_PASSWORD: inUrl,
  // MinIO's own limit.
  LANGFUSE_S3_PASSWORD: z.string().min(8, "must have 8 characters or more"),
});

/**
 * The settings that are missing to run Langfuse in the given size and to connect Sidetrace to it; what is
 * present stays as it is. Throws when a value that is present would keep Langfuse from starting.
 */
export function missingSettings(
  present: Present,
  profile: Profile,
  random: RandomHex,
): Record<string, string> {
  const isMissing = (name: string) => !present[name];
  const given = Object.entries(present).filter(([, value]) => value);
  const checked = givenSchema.partial().safeParse(Object.fromEntries(given));
  const issue = checked.error?.issues[0];
  if (issue) throw new Error(`${issue.path.join(".")} ${issue.message}: correct it, or remove its line.`);
  const made: Record<string, string> = {};
  if (isMissing("LANGFUSE_ENABLED")) made.LANGFUSE_ENABLED = "true";
  for (const [name, make] of Object.entries(SECRETS)) if (isMissing(name)) made[name] = make(random);
  if (profile === "full" && isMissing("REDIS_URL")) {
    made.REDIS_URL = redisUrl({ ...present, ...made });
    // With Redis the roles are off unless their tokens are set.
    for (const token of ["DEBUG_TOKEN", "ADMIN_TOKEN"]) {
      if (present[token] === undefined) made[token] = password(random);
    }
  }
  return made;
}

/** Of the Redis that the size full starts for Sidetrace. */
function redisUrl({ SIDETRACE_REDIS_PASSWORD = "", SIDETRACE_REDIS_PORT }: Present): string {
  return `redis://:${SIDETRACE_REDIS_PASSWORD}@127.0.0.1:${SIDETRACE_REDIS_PORT || "6379"}`;
}
