import { addToEnvText, parseEnvText, protectEnvFile, readEnvFile, writeEnvFile } from "./env-file";
import { missingSettings, type Profile, type RandomHex } from "./langfuse-settings";

export interface InitOutcome {
  /** What was made (or, when nothing was to be written, would be), by name. */
  made: Record<string, string>;
  /** What is in the file and keeps Langfuse from being used as set up here; sentences for an operator. */
  hints: string[];
}

/**
 * Brings a file of settings to what Langfuse in the given size needs. What has a value keeps it, so that a
 * second call changes nothing. With `write` false the file is only read. Throws with a sentence when a value
 * that is there cannot be used.
 */
export async function initLangfuse(
  path: string,
  profile: Profile,
  { random, write }: { random: RandomHex; write: boolean },
): Promise<InitOutcome> {
  const text = await readEnvFile(path);
  const present = parseEnvText(text);
  const made = missingSettings(present, profile, random);
  if (write && Object.keys(made).length > 0) {
    await writeEnvFile(path, addToEnvText(text, made, "Langfuse, made by npm run langfuse:init"));
  } else if (write) {
    await protectEnvFile(path);
  }
  return { made, hints: hintsOf(present, profile) };
}

function hintsOf(present: Readonly<Record<string, string | undefined>>, profile: Profile): string[] {
  const { LANGFUSE_ENABLED, LANGFUSE_HOST, LANGFUSE_BASE_URL, REDIS_URL, SIDETRACE_REDIS_PASSWORD } = present;
  const hints: string[] = [];
  if (LANGFUSE_ENABLED && !/^(true|1|yes|on)$/i.test(LANGFUSE_ENABLED)) {
    hints.push("LANGFUSE_ENABLED is not true: traces are off until it is.");
  }
  if (LANGFUSE_HOST || LANGFUSE_BASE_URL) {
    hints.push("LANGFUSE_HOST is set: check that it is the address of the Langfuse that you start here.");
  }
  if (profile === "full" && REDIS_URL && !SIDETRACE_REDIS_PASSWORD) {
    hints.push("REDIS_URL was there and is kept: Sidetrace does not use the Redis of the profile full.");
  }
  return hints;
}
