import { agentTypeSchema } from "@/lib/domain/agent";
import { GENERAL_KB } from "@/lib/domain/general-kb";
import type { Bucket, ModelFigures, RequestGroup, TrendPoint } from "@/lib/domain/insights";
import { sumCost } from "@/lib/domain/usage";
import type { Metrics, MetricsQuery, MetricsRow } from "@/lib/observability/metrics";
import { byMostRequests, byMostTokens, type Figures, inTime } from "./aggregate-runs";
import {
  firstTokenQuery,
  levelsQuery,
  modelsQuery,
  requestsQuery,
  retrievalQuery,
  type TimeRange,
  trendQuery,
  votesQuery,
} from "./langfuse-queries";
import { countOf, nameOf, numberOf, percentilesOfRow, timeOf, tokensOf } from "./metrics-row";
import { noPercentiles } from "./percentiles";

/** Groups that are asked about at the same time: Langfuse has others to serve. */
const CONCURRENCY = 4;

interface LangfuseReportPorts {
  metrics: Metrics;
  /** Prefixes of the knowledge bases that there are. */
  kbPrefixes: readonly string[];
  /** Whether our price table knows a model; a sum of 0 is a cost only then. */
  isPriced(model: string): boolean;
}

/** The figures as Langfuse adds them up. Throws `upstream_failed`; a list that it refuses alone is null. */
export async function readLangfuse(
  range: TimeRange,
  bucket: Bucket,
  ports: LangfuseReportPorts,
): Promise<Figures> {
  const ask = (query: MetricsQuery) => ports.metrics.query(query);
  const totals = await readTotals(range, ask);
  const [models, trend, firstToken, retrieval, votes, groups] = await Promise.all([
    ask(modelsQuery(range)),
    ask(trendQuery(range, bucket)),
    ask(firstTokenQuery(range)),
    ask(retrievalQuery(range)),
    ask(votesQuery(range)).catch(() => null),
    readGroups(range, ports).catch(() => null),
  ]);
  const modelFigures = models.flatMap((row) => toModel(row, ports));
  return {
    ...totals,
    total_tokens: sumKnown(modelFigures.map(({ total_tokens }) => total_tokens)),
    cost_usd: sumCost(modelFigures.map(({ cost_usd }) => cost_usd)),
    thumbs: votes && toThumbs(votes[0]),
    ttft_ms: percentilesOfRow(firstToken[0], "timeToFirstToken"),
    retrieval_ms: countOf(retrieval[0]) > 0 ? percentilesOfRow(retrieval[0], "latency") : noPercentiles,
    models: byMostTokens(modelFigures),
    bucket,
    trend: inTime(trend.flatMap((row) => toTrendPoint(row, ports))),
    routes: groups?.routes ?? null,
    agents: groups?.agents ?? null,
    knowledge_bases: groups?.knowledgeBases ?? null,
  };
}

type Ask = (query: MetricsQuery) => Promise<MetricsRow[]>;

async function readTotals(range: TimeRange, ask: Ask, tags: readonly string[] = []) {
  const [all] = await ask(requestsQuery(range, tags));
  const requests = countOf(all);
  if (requests === 0) return { requests, errors: 0, aborted: 0, total_ms: noPercentiles };
  const levels = await ask(levelsQuery(range, tags));
  const ofLevel = (level: string) => countOf(levels.find((row) => nameOf(row, "level") === level));
  const [errors, aborted] = [ofLevel("ERROR"), ofLevel("WARNING")];
  return { requests, errors, aborted, total_ms: percentilesOfRow(all, "latency") };
}

type Group = readonly [key: string, tags: readonly string[]];

/** A route is a knowledge base with an agent; only those whose both parts were asked can have requests. */
async function readGroups(range: TimeRange, ports: LangfuseReportPorts) {
  const read = (keys: readonly Group[]) => inTurns(keys, ([key, tags]) => readGroup(range, ports, key, tags));
  const kbs = [...ports.kbPrefixes, GENERAL_KB];
  const knowledgeBases = await read(kbs.map((kb) => [kb, [`kb:${kb}`]]));
  const agents = await read(agentTypeSchema.options.map((agent) => [agent, [`agent:${agent}`]]));
  const pairs = knowledgeBases.flatMap(({ key: kb }) =>
    agents.map(({ key: agent }): Group => [`${kb}:${agent}`, [`kb:${kb}`, `agent:${agent}`]]),
  );
  return { knowledgeBases, agents, routes: await read(pairs) };
}

async function readGroup(
  range: TimeRange,
  ports: LangfuseReportPorts,
  key: string,
  tags: readonly string[],
): Promise<RequestGroup[]> {
  const ask = (query: MetricsQuery) => ports.metrics.query(query);
  const { requests, errors, total_ms } = await readTotals(range, ask, tags);
  if (requests === 0) return [];
  const models = (await ask(modelsQuery(range, tags))).flatMap((row) => toModel(row, ports));
  const total_tokens = sumKnown(models.map((model) => model.total_tokens));
  const cost_usd = sumCost(models.map((model) => model.cost_usd));
  return [{ key, requests, errors, total_tokens, cost_usd, total_ms }];
}

async function inTurns<T>(
  all: readonly T[],
  read: (one: T) => Promise<RequestGroup[]>,
): Promise<RequestGroup[]> {
  const found: RequestGroup[] = [];
  for (let at = 0; at < all.length; at += CONCURRENCY) {
    found.push(...(await Promise.all(all.slice(at, at + CONCURRENCY).map(read))).flat());
  }
  return byMostRequests(found);
}

function toModel(row: MetricsRow, ports: LangfuseReportPorts): ModelFigures[] {
  const model = nameOf(row, "providedModelName");
  const calls = countOf(row);
  if (model === null || calls === 0) return [];
  return [
    {
      model,
      calls,
      ...tokensOf(row),
      cost_usd: costOf(row, model, ports),
    },
  ];
}

function toTrendPoint(row: MetricsRow, ports: LangfuseReportPorts): TrendPoint[] {
  const [model, at, calls] = [nameOf(row, "providedModelName"), timeOf(row), countOf(row)];
  if (model === null || at === null || calls === 0) return [];
  return [
    { at, model, calls, total_tokens: tokensOf(row).total_tokens, cost_usd: costOf(row, model, ports) },
  ];
}

/** Langfuse adds unknown costs up to 0, which is a cost only of a model that is known to be free. */
function costOf(row: MetricsRow, model: string, { isPriced }: LangfuseReportPorts): number | null {
  const cost = numberOf(row, "sum_totalCost");
  return cost === 0 && !isPriced(model) ? null : cost;
}

function toThumbs(row: MetricsRow | undefined): { up: number; down: number } {
  const votes = countOf(row);
  const up = Math.round(numberOf(row, "sum_value") ?? 0);
  return { up, down: votes - up };
}

function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
