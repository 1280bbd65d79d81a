import type { CheckName, Finding } from "./finding";

const MARKS: Readonly<Record<Finding["state"], string>> = { ok: "✓", warn: "!", fail: "✗" };
const TITLES: Readonly<Record<CheckName, string>> = {
  node: "Node",
  ports: "Port",
  environment: "Settings",
  redis: "Redis",
  index: "Index",
  model: "Model",
  embedding: "Embedding model",
  langfuse: "Langfuse",
  langfuse_keys: "Langfuse keys",
  langfuse_worker: "Langfuse worker",
  langfuse_coverage: "Langfuse traces",
  clickhouse: "ClickHouse",
};
const WIDTH = Math.max(...Object.values(TITLES).map((title) => title.length)) + 2;

/** A line for a terminal, and below it the one thing to do. */
export function formatFinding({ check, state, message, todo }: Finding): string {
  const line = `${MARKS[state]} ${TITLES[check].padEnd(WIDTH)}${message}`;
  return todo === null ? line : `${line}\n${" ".repeat(WIDTH + 2)}→ ${todo}`;
}
