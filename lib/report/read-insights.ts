import type { Clock } from "@/lib/domain/clock";
import type { Insights } from "@/lib/domain/insights";
import { AppError } from "@/lib/errors";
import type { PriceTable } from "@/lib/llm/language-model";
import type { Metrics } from "@/lib/observability/metrics";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import { bucketFor } from "@/lib/run-view/time-buckets";
import type { RunStore } from "@/lib/store/run-store";
import { readLangfuse } from "./read-langfuse";
import { readStore } from "./read-store";

export interface InsightsPorts {
  /** Null when Langfuse is off. */
  metrics: Metrics | null;
  runs: Pick<RunStore, "list" | "read">;
  /** How long the store keeps a run. */
  storeMs: number;
  index: Pick<PassageIndex, "knowledgeBases">;
  prices: PriceTable;
  clock: Clock;
}

const ONE_TOKEN = { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 };

/** The figures of the last `sinceMs`: of Langfuse when it is connected and answers, else of the debug store. */
export async function readInsights(sinceMs: number, ports: InsightsPorts): Promise<Insights> {
  const { metrics, prices, clock } = ports;
  const to = clock.now();
  if (!metrics) return readStored(sinceMs, to, ports, null);
  const range = { from: to - sinceMs, to };
  const isPriced = (model: string) => prices.cost(model, ONE_TOKEN) !== null;
  try {
    const kbPrefixes = (await ports.index.knowledgeBases()).map(({ prefix }) => prefix);
    const figures = await readLangfuse(range, bucketFor(sinceMs), { metrics, kbPrefixes, isPriced });
    return { source: "langfuse", fallback_reason: null, ...range, complete: true, ...figures };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return readStored(sinceMs, to, ports, error.message);
  }
}

async function readStored(
  sinceMs: number,
  to: number,
  { runs, storeMs }: InsightsPorts,
  reason: string | null,
): Promise<Insights> {
  const lengthMs = Math.min(sinceMs, storeMs);
  const range = { from: to - lengthMs, to };
  const figures = await readStore(range, bucketFor(lengthMs), runs);
  return { source: "store", fallback_reason: reason, ...range, ...figures };
}
