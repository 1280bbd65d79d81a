// Makes the secrets of docker-compose.langfuse.yml and the settings that connect Sidetrace to it:
// npm run langfuse:init [-- --profile full|simplified] [--print]. Writes .env, or with --print the missing lines
// to stdout for a store of secrets. What has a value is never changed.
import "./resolve-typescript.mjs";
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { requireNode } from "./require-node.mjs";

const USAGE = "usage: npm run langfuse:init [-- --profile full|simplified] [--print]";
const ENV_FILE = ".env";

requireNode();
const { initLangfuse } = await import("../lib/self-hosting/init-langfuse.ts");
const { profileSchema } = await import("../lib/self-hosting/langfuse-settings.ts");
const { profile, print } = readArguments();
const random = (bytes) => randomBytes(bytes).toString("hex");
const { made, hints } = await initLangfuse(ENV_FILE, profile, { random, write: !print }).catch((error) =>
  stop(error.message, 1),
);
if (print) for (const [name, value] of Object.entries(made)) console.log(`${name}=${value}`);
else report();
for (const hint of hints) console.error(`! ${hint}`);

/** Names alone: what is printed ends in logs and in scrollback. */
function report() {
  const names = Object.keys(made);
  console.log(
    names.length > 0
      ? `${ENV_FILE}: made ${names.join(", ")}.`
      : `${ENV_FILE} has all settings of the profile ${profile}; nothing was changed.`,
  );
  console.log(`
start    docker compose -f docker-compose.langfuse.yml --profile ${profile} up -d --wait
sign in  http://localhost:3000 as admin@example.com, with LANGFUSE_ADMIN_PASSWORD
check    npm run doctor`);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { profile: { type: "string", default: "full" }, print: { type: "boolean", default: false } },
    });
    return { print: values.print, profile: profileSchema.parse(values.profile) };
  } catch {
    return stop(USAGE, 2);
  }
}

function stop(message, code) {
  console.error(message);
  process.exit(code);
}
