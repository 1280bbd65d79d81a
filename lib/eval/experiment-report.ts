import { formatCost, formatCount, formatDuration, UNKNOWN } from "@/lib/run-view/format";
import { SCORE_NAMES } from "./evaluators";
import { mean } from "./metrics";
import type { ItemResult } from "./run-experiment";

type ScoreName = (typeof SCORE_NAMES)[number];
export type ScoreMeans = Record<ScoreName, number | null>;

export interface ExperimentReport {
  name: string;
  dataset: string;
  items: {
    id: string;
    request_id: string;
    status: string;
    scores: Record<ScoreName, number | null>;
    duration_ms: number | null;
    total_tokens: number | null;
    cost_usd: number | null;
    answer: string;
  }[];
  /** Over the items that each score can be given to. */
  means: ScoreMeans;
  failed: number;
  /** Where it can be looked at; null where it was not recorded. */
  url: string | null;
}

export function reportExperiment(
  { name, dataset, url }: Pick<ExperimentReport, "name" | "dataset" | "url">,
  results: readonly ItemResult[],
): ExperimentReport {
  const items = results.map(({ item, record, scores }) => ({
    id: item.id,
    request_id: record.request_id,
    status: record.status,
    scores: { ...scores },
    duration_ms: record.performance_metrics.total_duration_ms,
    total_tokens: record.performance_metrics.usage?.total_tokens ?? null,
    cost_usd: record.performance_metrics.cost_usd,
    answer: record.answer,
  }));
  const meanOf = (score: ScoreName) => mean(items.map(({ scores }) => scores[score]));
  const means = {
    retrieval_hit: meanOf("retrieval_hit"),
    citation_support: meanOf("citation_support"),
    answer_contains: meanOf("answer_contains"),
  };
  const failed = items.filter(({ status }) => status !== "success").length;
  return { name, dataset, items, means, failed, url };
}

/** The report as a Markdown table, one line for each item and the means below. */
export function formatExperiment({ name, dataset, items, means, failed, url }: ExperimentReport): string {
  const lines = items.map((item) => {
    const scores = SCORE_NAMES.map((score) => formatScore(item.scores[score]));
    const figures = [
      formatDuration(item.duration_ms),
      formatCount(item.total_tokens),
      formatCost(item.cost_usd),
    ];
    return row([shorten(item.id), item.status, ...scores, ...figures]);
  });
  const columns = ["item", "status", ...SCORE_NAMES, "time", "tokens", "cost"];
  return [
    `### ${name}`,
    "",
    `${items.length} ${items.length === 1 ? "item" : "items"} of ${dataset}${failed > 0 ? `, ${failed} failed` : ""}`,
    "",
    row(columns),
    row(columns.map(() => "---")),
    ...lines,
    row(["**mean**", "", ...SCORE_NAMES.map((score) => `**${formatScore(means[score])}**`), "", "", ""]),
    ...(url === null ? [] : ["", url]),
    "",
  ].join("\n");
}

/** The means below what was asked for; a score that no item could be given does not reach it. */
export function missedThresholds(means: ScoreMeans, thresholds: ReadonlyMap<string, number>): string[] {
  return SCORE_NAMES.flatMap((score) => {
    const least = thresholds.get(score);
    const reached = means[score];
    if (least === undefined || (reached !== null && reached >= least)) return [];
    return [`${score} is ${formatScore(reached)}, below ${least}`];
  });
}

/** `answer_contains=0.8` as a score and the least mean; throws for what is none. */
export function parseThreshold(text: string): [ScoreName, number] {
  const [name, value] = text.split("=");
  const score = SCORE_NAMES.find((one) => one === name);
  const least = Number(value);
  if (!score || value?.trim() === "" || !(least >= 0 && least <= 1)) {
    throw new Error(`--min ${text}: name one of ${SCORE_NAMES.join(", ")} and a number from 0 to 1.`);
  }
  return [score, least];
}

function formatScore(score: number | null): string {
  return score === null ? UNKNOWN : score.toFixed(2);
}

/** Ids of items made from turns are as long as two of ours. */
function shorten(id: string): string {
  return id.length <= 20 ? id : `${id.slice(0, 19)}…`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
