import { systemClock } from "@/lib/domain/clock";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import type { ChatFrame } from "@/lib/events/chat-frame";
import type { NumberedFrame } from "@/lib/events/sse";
import { createLateTurns } from "@/lib/late-turns";
import { createLogger } from "@/lib/logger";
import type { TraceExport, TraceSink } from "@/lib/observability/trace-sink";
import { createMemoryDebugStore } from "@/lib/store/debug-store";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { createMemoryStreamStore } from "@/lib/store/memory-stream-store";
import { createSqliteConversationStore } from "@/lib/store/sqlite-conversation-store";
import { createChatService } from "./chat-service";
import type { ChatServicePorts } from "./chat-service-ports";
import { testPorts } from "./pipeline.fixture";

/** A sink that keeps what it was handed. */
export function keepingSink(): TraceSink & { exports: TraceExport[]; supports: Map<string, number> } {
  const exports: TraceExport[] = [];
  const supports = new Map<string, number>();
  return {
    exports,
    supports,
    enabled: true,
    initialLink: () => ({ ...disabledTraceLink, state: "pending" }),
    export: (run, onLink) => {
      exports.push(run);
      onLink({ ...disabledTraceLink, state: "exported" });
    },
    discard: async () => false,
    resend: async () => false,
    checkVisible: async (_requestId, link) => link,
    score: () => "queued",
    scoreSupport: (requestId, support) => {
      supports.set(requestId, support);
      return "queued";
    },
    counts: async () => ({ exported: exports.length, failed: 0, pending: 0, dropped: 0 }),
    health: () => ({ state: "ok", version: null, reason: null }),
    tried: async () => undefined,
    flush: async () => undefined,
    close: async () => undefined,
  };
}

/** The service over real stores in memory. */
export function startService(overrides: Partial<ChatServicePorts> = {}) {
  const clock = systemClock;
  const memory = createMemoryRunStore({ clock, ttlSeconds: 60, maxRuns: 50, maxBytes: 10_000_000 });
  const sink = keepingSink();
  const ports: ChatServicePorts = {
    ...testPorts({ clock }),
    runs: createMemoryDebugStore(memory),
    streams: createMemoryStreamStore({ clock }),
    conversations: createSqliteConversationStore({ path: ":memory:", clock, ttlDays: 1 }),
    sink,
    meter: { follow: () => () => {} },
    log: createLogger("silent"),
    turns: createLateTurns({ clock }),
    slots: { take: () => () => {} },
    graceMs: 30_000,
    supportCheck: "lexical",
    ...overrides,
  };
  return { service: createChatService(ports), ports, sink };
}

export const BROWSER = "browser-1";

export async function readAll(frames: AsyncGenerator<NumberedFrame>): Promise<ChatFrame[]> {
  const all: ChatFrame[] = [];
  for await (const { frame } of frames) all.push(frame);
  return all;
}
