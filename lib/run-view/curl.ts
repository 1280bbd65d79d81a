import { type ModelCall, requestBody } from "./model-call";

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
export function buildCurl(call: ModelCall): string {
  const body = requestBody(call);
  const address = `"\${OPENAI_BASE_URL:-https://api.openai.com/v1}/chat/completions"`;
  const headers = [`-H "Authorization: Bearer $OPENAI_API_KEY"`, "-H 'Content-Type: application/json'"];
  if (new TextEncoder().encode(body).length > LONGEST_ARGUMENT_BYTES) {
    const command = [`curl -N ${address}`, ...headers, "--data-binary @-"].join(" \\\n  ");
    return `printf '%s' ${shellQuote(body)} | ${command}`;
  }
  return [`curl -N ${address}`, ...headers, `-d ${shellQuote(body)}`].join(" \\\n  ");
}
