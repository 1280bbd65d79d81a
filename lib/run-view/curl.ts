import { MASK } from "@/lib/domain/mask";
import type { Generation } from "@/lib/domain/run-record";

/** Linux refuses single arguments over 128 KiB; a body near that goes through a pipe. */
const LONGEST_ARGUMENT_BYTES = 100_000;

/** One word for a POSIX shell that means exactly `text`. A NUL cannot be part of any word and is left out. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "'\\''")}'`;
}

/**
 * The model call as a command for a shell. Key and address come from `OPENAI_API_KEY` and `OPENAI_BASE_URL`
 * in the environment of whoever runs it; the key is never part of the text.
 */
export function buildCurl(generation: Pick<Generation, "model" | "parameters" | "messages">): string {
  const body = requestBody(generation);
  const address = `"\${OPENAI_BASE_URL:-https://api.openai.com/v1}/chat/completions"`;
  const headers = [`-H "Authorization: Bearer $OPENAI_API_KEY"`, "-H 'Content-Type: application/json'"];
  if (new TextEncoder().encode(body).length > LONGEST_ARGUMENT_BYTES) {
    const call = [`curl -N ${address}`, ...headers, "--data-binary @-"].join(" \\\n  ");
    return `printf '%s' ${shellQuote(body)} | ${call}`;
  }
  return [`curl -N ${address}`, ...headers, `-d ${shellQuote(body)}`].join(" \\\n  ");
}

/** Whether the command holds a masked value: it will not do what the original call did. */
export function isMasked(generation: Pick<Generation, "model" | "parameters" | "messages">): boolean {
  return requestBody(generation).includes(MASK);
}

function requestBody({ model, parameters, messages }: Pick<Generation, "model" | "parameters" | "messages">) {
  const plain = messages.map(({ role, content }) => ({ role, content }));
  return JSON.stringify({ model, ...parameters, messages: plain }, null, 2);
}
