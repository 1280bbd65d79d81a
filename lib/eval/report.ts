/** What was measured of one agent on one set. */
export interface AgentScores {
  agent: string;
  ndcg10: number | null;
  recall5: number | null;
  recall10: number | null;
  mrr: number | null;
  p50_ms: number | null;
  p99_ms: number | null;
}

/** A figure of another system to read one's own beside. */
export interface ReferenceFigure {
  metric: "ndcg10" | "recall5";
  value: number;
  /** The system. */
  of: string;
}

export interface SetReport {
  set: string;
  documents: number;
  passages: number;
  queries: number;
  index_seconds: number;
  index_bytes: number;
  agents: AgentScores[];
  reference: ReferenceFigure[];
}

const LABELS = { ndcg10: "nDCG@10", recall5: "R@5" } as const;
const COLUMNS = ["nDCG@10", "R@5", "R@10", "MRR", "p50 ms", "p99 ms"];

/** One set as Markdown: what it is, the agents' table, and the figures of others below it. */
export function formatSet({
  set,
  documents,
  passages,
  queries,
  agents,
  reference,
  ...index
}: SetReport): string {
  const size = `${(index.index_bytes / 1e6).toFixed(1)} MB in ${index.index_seconds.toFixed(1)} s`;
  const lines = agents.map((scores) => {
    const shares = [scores.ndcg10, scores.recall5, scores.recall10, scores.mrr].map((value) =>
      cell(value, 3),
    );
    return row([scores.agent.padEnd(15), ...shares, cell(scores.p50_ms, 1), cell(scores.p99_ms, 1)]);
  });
  const figures = reference.map(({ metric, value, of }) => `- ${LABELS[metric]} ${cell(value, 3)}: ${of}`);
  return [
    `### ${set}`,
    "",
    `${documents} documents in ${passages} passages, ${queries} questions; index ${size}`,
    "",
    row(["agent".padEnd(15), ...COLUMNS]),
    row(["-".repeat(15), ...COLUMNS.map((name) => "-".repeat(name.length))]),
    ...lines,
    ...(figures.length > 0 ? ["", ...figures] : []),
    "",
  ].join("\n");
}

/** How often nothing was found: of questions that a set answers, and of those of another subject. */
export interface NotFoundReport {
  set: string;
  foreign: string;
  answerable: { questions: number; not_found: number };
  unanswerable: { questions: number; not_found: number };
}

export function formatNotFound(reports: readonly NotFoundReport[]): string {
  const share = ({ questions, not_found }: NotFoundReport["answerable"]) =>
    questions === 0 ? "–" : `${((100 * not_found) / questions).toFixed(0)} % of ${questions}`;
  return [
    row(["set", "not found, own questions", "not found, questions of another set", "the other set"]),
    row(["---", "---", "---", "---"]),
    ...reports.map((one) => row([one.set, share(one.answerable), share(one.unanswerable), one.foreign])),
    "",
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cell(value: number | null, digits: number): string {
  return value === null ? "–" : value.toFixed(digits);
}
