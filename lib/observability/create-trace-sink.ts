import { disabledTraceLink } from "@/lib/domain/trace-link";
import { createLangfuseSink } from "./langfuse-sink";
import type { TraceSink } from "./trace-sink";
import type { TraceSinkOptions } from "./trace-sink-options";

/** The sink that the settings ask for. Missing keys mean off, with one line in the log. */
export function createTraceSink(options: TraceSinkOptions): TraceSink {
  const { enabled, publicKey, secretKey, log } = options;
  if (!enabled) return disabledSink;
  if (!publicKey || !secretKey) {
    log("Langfuse is off: LANGFUSE_PUBLIC_KEY or LANGFUSE_SECRET_KEY is not set.");
    return disabledSink;
  }
  return createLangfuseSink({ ...options, publicKey, secretKey });
}

/** Takes everything and does nothing: no connection, no timer. */
const disabledSink: TraceSink = {
  enabled: false,
  initialLink: () => disabledTraceLink,
  export: () => {},
  discard: async () => false,
  resend: async () => false,
  checkVisible: async (_requestId, link) => link,
  score: () => "disabled",
  scoreSupport: () => "disabled",
  counts: async () => ({ exported: 0, failed: 0, pending: 0, dropped: 0 }),
  health: () => ({ state: "disabled", version: null, reason: null }),
  tried: async () => {},
  flush: async () => {},
  close: async () => {},
};
