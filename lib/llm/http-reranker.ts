import { z } from "zod";
import type { Reranker } from "./language-model";

export interface HttpRerankerOptions {
  /** Requests go to `{baseUrl}/rerank`. */
  baseUrl: string;
  model: string;
  /** Null: no Authorization header is sent. */
  apiKey: string | null;
  timeoutMs: number;
}

const answerSchema = z.object({
  results: z.array(z.object({ index: z.int().nonnegative(), relevance_score: z.number() })),
});

/** Reranker over a server that speaks Cohere's protocol, as vLLM, Jina, LocalAI and Infinity do. */
export function createHttpReranker({ baseUrl, model, apiKey, timeoutMs }: HttpRerankerOptions): Reranker {
  const address = `${baseUrl.replace(/\/+$/, "")}/rerank`;
  const headers = {
    "content-type": "application/json",
    ...(apiKey !== null && { authorization: `Bearer ${apiKey}` }),
  };

  async function post(body: unknown, caller: AbortSignal): Promise<unknown> {
    const late = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([caller, late]);
    try {
      // A redirect would carry the documents to somewhere that nobody has named.
      const init = {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        signal,
        redirect: "error",
      } as const;
      const response = await fetch(address, init);
      if (!response.ok) throw new StatusError(response.status);
      return await response.json();
    } catch (error) {
      caller.throwIfAborted();
      throw new Error(faultMessage(error, late, timeoutMs), { cause: error });
    }
  }

  return {
    model,
    async score(query, texts, signal) {
      if (texts.length === 0) return [];
      const answer = await post({ model, query, documents: texts, top_n: texts.length }, signal);
      const parsed = answerSchema.safeParse(answer);
      if (!parsed.success) throw unreadable(parsed.error);
      return scoresOf(parsed.data, texts.length);
    },
  };
}

function scoresOf({ results }: z.infer<typeof answerSchema>, length: number): (number | null)[] {
  const scores = new Array<number | null>(length).fill(null);
  for (const { index, relevance_score } of results) {
    if (index >= length) throw unreadable();
    scores[index] = relevance_score;
  }
  return scores;
}

class StatusError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** Names no host and no key. */
function faultMessage(error: unknown, late: AbortSignal, timeoutMs: number): string {
  if (late.aborted) return `The reranker took longer than ${timeoutMs} ms.`;
  if (error instanceof SyntaxError) return UNREADABLE;
  if (!(error instanceof StatusError)) return "The reranker cannot be reached.";
  const isRefused = error.status === 401 || error.status === 403;
  if (isRefused) return "The reranker refused the key: check RERANK_API_KEY.";
  return `The reranker answered with status ${error.status}: check RERANK_BASE_URL and RERANK_MODEL.`;
}

const UNREADABLE = "The reranker's answer is none: check that RERANK_BASE_URL is the address of a reranker.";

function unreadable(cause?: unknown): Error {
  return new Error(UNREADABLE, { cause });
}
