/** What is looked at, in the order of the report. */
export type CheckName =
  | "node"
  | "ports"
  | "environment"
  | "redis"
  | "index"
  | "model"
  | "embedding"
  | "langfuse"
  | "langfuse_keys"
  | "langfuse_worker"
  | "langfuse_coverage"
  | "clickhouse";

/**
 * What a check found: sentences for an operator, which name settings and never their values. `warn` works, but
 * not as one would expect; `fail` does not work.
 */
export type Finding =
  | { check: CheckName; state: "ok"; message: string; todo: null }
  | { check: CheckName; state: "warn" | "fail"; message: string; todo: string };

export const ok = (check: CheckName, message: string): Finding => ({
  check,
  state: "ok",
  message,
  todo: null,
});
export const warn = (check: CheckName, message: string, todo: string): Finding => ({
  check,
  state: "warn",
  message,
  todo,
});
export const fail = (check: CheckName, message: string, todo: string): Finding => ({
  check,
  state: "fail",
  message,
  todo,
});
