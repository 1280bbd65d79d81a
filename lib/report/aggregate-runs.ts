import type { Bucket, Insights, ModelFigures, RequestGroup, TrendPoint } from "@/lib/domain/insights";
import type { Generation, RunRecord } from "@/lib/domain/run-record";
import { sumCost } from "@/lib/domain/usage";
import { bucketStart } from "@/lib/run-view/time-buckets";
import { percentilesOf } from "./percentiles";

/** A request's figures; what a run that was counted is made of. */
export type CountedRun = Pick<
  RunRecord,
  | "status"
  | "started_at"
  | "kb_prefix"
  | "agent_type"
  | "feedback"
  | "generations"
  | "spans"
  | "performance_metrics"
>;

export type Figures = Omit<Insights, "source" | "fallback_reason" | "from" | "to" | "complete">;

/** The figures of runs that have ended. Pure; the order of the runs makes no difference. */
export function aggregateRuns(runs: readonly CountedRun[], bucket: Bucket): Figures {
  const calls = runs.flatMap(({ generations, started_at }) =>
    generations.map((generation) => ({ generation, at: bucketStart(started_at, bucket) })),
  );
  const generations = calls.map(({ generation }) => generation);
  return {
    requests: runs.length,
    errors: runs.filter(({ status }) => status === "error").length,
    aborted: runs.filter(({ status }) => status === "aborted").length,
    total_tokens: sumTokens(generations, "total_tokens"),
    cost_usd: sumCost(generations.map(({ cost_usd }) => cost_usd)),
    thumbs: {
      up: runs.filter(({ feedback }) => feedback?.value === "up").length,
      down: runs.filter(({ feedback }) => feedback?.value === "down").length,
    },
    total_ms: percentilesOf(runs.map(totalMs)),
    ttft_ms: percentilesOf(answersOf(runs).map(({ ttft_ms }) => ttft_ms)),
    retrieval_ms: percentilesOf(runs.flatMap(retrievalMs)),
    models: byMostTokens(groupModels(generations)),
    bucket,
    trend: toTrend(calls),
    routes: groupRuns(runs, ({ kb_prefix, agent_type }) => `${kb_prefix}:${agent_type}`),
    agents: groupRuns(runs, ({ agent_type }) => agent_type),
    knowledge_bases: groupRuns(runs, ({ kb_prefix }) => kb_prefix),
  };
}

const totalMs = ({ performance_metrics }: CountedRun) => performance_metrics.total_duration_ms;

function answersOf(runs: readonly CountedRun[]): Generation[] {
  return runs.flatMap(({ generations }) => generations.filter(({ purpose }) => purpose === "answer"));
}

function retrievalMs({ spans }: CountedRun): (number | null)[] {
  return spans.filter(({ name }) => name === "rag_retrieval").map(({ duration_ms }) => duration_ms);
}

function groupRuns(runs: readonly CountedRun[], keyOf: (run: CountedRun) => string): RequestGroup[] {
  const groups = [...Map.groupBy(runs, keyOf)].map(([key, members]): RequestGroup => {
    const generations = members.flatMap((run) => run.generations);
    return {
      key,
      requests: members.length,
      errors: members.filter(({ status }) => status === "error").length,
      total_tokens: sumTokens(generations, "total_tokens"),
      cost_usd: sumCost(generations.map(({ cost_usd }) => cost_usd)),
      total_ms: percentilesOf(members.map(totalMs)),
    };
  });
  return byMostRequests(groups);
}

function groupModels(generations: readonly Generation[]): ModelFigures[] {
  return [...Map.groupBy(generations, ({ model }) => model)].map(([model, calls]) => ({
    model,
    calls: calls.length,
    input_tokens: sumTokens(calls, "prompt_tokens"),
    output_tokens: sumTokens(calls, "completion_tokens"),
    total_tokens: sumTokens(calls, "total_tokens"),
    cost_usd: sumCost(calls.map(({ cost_usd }) => cost_usd)),
  }));
}

function toTrend(calls: readonly { generation: Generation; at: number }[]): TrendPoint[] {
  const stretches = Map.groupBy(calls, ({ generation, at }) => JSON.stringify([at, generation.model]));
  const points = [...stretches.values()].flatMap((members): TrendPoint[] => {
    const [first] = members;
    if (!first) return [];
    const generations = members.map(({ generation }) => generation);
    const total_tokens = sumTokens(generations, "total_tokens");
    const cost_usd = sumCost(generations.map((one) => one.cost_usd));
    return [{ at: first.at, model: first.generation.model, calls: members.length, total_tokens, cost_usd }];
  });
  return inTime(points);
}

/** Tokens of the calls whose usage is known; null when none is. */
function sumTokens(
  generations: readonly Generation[],
  part: "prompt_tokens" | "completion_tokens" | "total_tokens",
): number | null {
  const known = generations.flatMap(({ usage }) => (usage ? [usage[part]] : []));
  return known.length === 0 ? null : known.reduce((sum, tokens) => sum + tokens, 0);
}

/** Groups in the order that they are shown in. */
export function byMostRequests(groups: readonly RequestGroup[]): RequestGroup[] {
  return groups.toSorted((a, b) => b.requests - a.requests || compareText(a.key, b.key));
}

/** Models in the order that they are shown in. */
export function byMostTokens(models: readonly ModelFigures[]): ModelFigures[] {
  return models.toSorted(
    (a, b) => (b.total_tokens ?? 0) - (a.total_tokens ?? 0) || compareText(a.model, b.model),
  );
}

/** Points in the order that they are shown in. */
export function inTime(points: readonly TrendPoint[]): TrendPoint[] {
  return points.toSorted((a, b) => a.at - b.at || compareText(a.model, b.model));
}

/** The same in every language of the machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
