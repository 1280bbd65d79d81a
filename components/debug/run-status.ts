import type { RunStatus } from "@/lib/domain/run-record";

/** The dot in front of a request's id, and the text that says the same. */
export interface StatusView {
  dot: "ok" | "running" | "error" | "expired";
  label: "ok" | "running" | "failed" | "stopped" | "expired";
}

const VIEWS: Readonly<Record<RunStatus, StatusView>> = {
  running: { dot: "running", label: "running" },
  success: { dot: "ok", label: "ok" },
  error: { dot: "error", label: "failed" },
  aborted: { dot: "error", label: "stopped" },
};

/** `gone`: the server does not keep the run any more, or had to fetch it from Langfuse. */
export function toStatusView(status: RunStatus, gone: boolean): StatusView {
  return gone ? { dot: "expired", label: "expired" } : VIEWS[status];
}
