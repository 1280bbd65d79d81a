import { z } from "zod";
import type { Usage } from "@/lib/domain/usage";
import type { Tokenizer } from "./language-model";
import { composeAnswer } from "./offline-answer";
import { type PacedPiece, paceAnswer } from "./offline-pieces";
import { type Sleep, systemSleep } from "./retry";

/** The name under which the offline model is configured and answers. */
export const OFFLINE_MODEL = "offline";
const FINGERPRINT = "sidetrace-extractive";

export interface OfflineFetchOptions {
  tokenizer: Tokenizer;
  /** Paces the stream. */
  sleep?: Sleep;
  /** Epoch milliseconds. */
  now?: () => number;
}

const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ text: z.string().optional() }))
    .transform((parts) => parts.map((part) => part.text ?? "").join("")),
]);
const requestSchema = z.object({
  messages: z
    .array(z.object({ role: z.enum(["system", "user", "assistant"]), content: contentSchema }))
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
});

interface Completion {
  id: string;
  created: number;
  text: string;
  usage: Usage;
}

/**
 * A `fetch` that is an OpenAI-compatible server with one extractive model, in this process: nothing it is
 * given leaves. It serves `POST …/chat/completions`, streamed and whole; whatever model a request names,
 * the answer says which one it was.
 */
export function createOfflineFetch(options: OfflineFetchOptions): typeof globalThis.fetch {
  const { tokenizer, sleep = systemSleep, now = Date.now } = options;
  return async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    if (request.method !== "POST" || !new URL(request.url).pathname.endsWith("/chat/completions")) {
      return failure(404, "There is nothing at this address.", "not_found");
    }
    const parsed = requestSchema.safeParse(await request.json().catch(() => null));
    if (!parsed.success)
      return failure(400, "The request is not a chat completion request.", "invalid_request");

    const { messages, stream, stream_options } = parsed.data;
    const text = composeAnswer(messages);
    const prompt_tokens = messages.reduce((sum, message) => sum + tokenizer.count(message.content), 0);
    const completion_tokens = tokenizer.count(text);
    const completion: Completion = {
      id: `chatcmpl-${crypto.randomUUID()}`,
      created: Math.floor(now() / 1000),
      text,
      usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
    };
    if (!stream) return Response.json(wholeAnswer(completion));
    const chunks = streamedChunks(completion, {
      sleep,
      signal: request.signal,
      withUsage: stream_options?.include_usage ?? false,
    });
    return new Response(toBody(encodeSse(chunks)), {
      headers: { "content-type": "text/event-stream; charset=utf-8" },
    });
  };
}

function wholeAnswer({ id, created, text, usage }: Completion) {
  return {
    id,
    object: "chat.completion",
    created,
    model: OFFLINE_MODEL,
    system_fingerprint: FINGERPRINT,
    choices: [
      { index: 0, message: { role: "assistant", content: text, refusal: null }, finish_reason: "stop" },
    ],
    usage,
  };
}

/** The chunks of a streamed answer, in OpenAI's order: role, text, finish reason, usage. */
async function* streamedChunks(
  { id, created, text, usage }: Completion,
  { sleep, signal, withUsage }: { sleep: Sleep; signal: AbortSignal; withUsage: boolean },
): AsyncGenerator<unknown, void> {
  const head = {
    id,
    object: "chat.completion.chunk",
    created,
    model: OFFLINE_MODEL,
    system_fingerprint: FINGERPRINT,
  };
  const choice = (delta: object, finish_reason: string | null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  });
  yield choice({ role: "assistant", content: "" }, null);
  for (const piece of paceAnswer(text)) {
    await waitFor(piece, { sleep, signal });
    yield choice({ content: piece.text }, null);
  }
  yield choice({}, "stop");
  if (withUsage) yield { ...head, choices: [], usage };
}

async function waitFor(
  { waitMs }: PacedPiece,
  { sleep, signal }: { sleep: Sleep; signal: AbortSignal },
): Promise<void> {
  if (waitMs > 0) await sleep(waitMs, signal);
  signal.throwIfAborted();
}

async function* encodeSse(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(`data: ${JSON.stringify(chunk)}\n\n`);
  yield encoder.encode("data: [DONE]\n\n");
}

/** Made as fast as it is read: a reader that goes away ends the generator. */
function toBody(
  chunks: AsyncGenerator<Uint8Array<ArrayBuffer>, void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
}

function failure(status: number, message: string, code: string): Response {
  const error = { message, type: "invalid_request_error", param: null, code };
  return Response.json({ error }, { status });
}
