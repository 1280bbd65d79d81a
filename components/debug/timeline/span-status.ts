import type { SpanStatus } from "@/lib/domain/run-record";

/** The word for a span's status, as a key of `debug.status`. */
export function spanStatusKey(status: SpanStatus): "ok" | "running" | "failed" | "stopped" {
  switch (status) {
    case "ok":
      return "ok";
    case "running":
      return "running";
    case "error":
      return "failed";
    case "aborted":
      return "stopped";
  }
}
