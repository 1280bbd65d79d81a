import { GENERAL_PROMPT, GROUNDED_PROMPT } from "@/lib/domain/system-prompt";
import type { Role } from "./route-table";

const FRAME = /\bat (?:async )?[\w.<>$ ]+ \(?(?:file:\/\/|node:|\/|[\w-]+\.js)[^\s)]*:\d+:\d+/;
const INSIDE = /node_modules\/|\.next\/server|webpack-internal|\bsidetrace-e2e-\w+/;
const PROMPTS = [GROUNDED_PROMPT, GENERAL_PROMPT].flatMap((prompt) => prompt.split("\n").slice(0, 2));

/** What of the server's inside stands in an answer. `secrets` are its tokens, keys and folders. */
export function findLeaks(text: string, role: Role, secrets: readonly string[]): string[] {
  const frame = FRAME.exec(text)?.[0];
  const inside = INSIDE.exec(text)?.[0];
  // Developers may read prompts: that is what their role is for.
  const prompts = role === "debug" || role === "admin" ? [] : PROMPTS;
  const kept = [...secrets, ...prompts].filter((secret) => text.includes(secret));
  return [...kept, ...(frame === undefined ? [] : [frame]), ...(inside === undefined ? [] : [inside])];
}
