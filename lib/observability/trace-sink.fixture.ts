import { vi } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { systemClock } from "@/lib/domain/clock";
import type { RunRecord } from "@/lib/domain/run-record";
import type { TraceLink } from "@/lib/domain/trace-link";
import { createLateTurns } from "@/lib/late-turns";
import { runExports, scoreExports } from "@/lib/store/export-codec";
import { createMemoryExportBuffer } from "@/lib/store/memory-export-buffer";
import { createTraceSink } from "./create-trace-sink";
import type { RetryPlan } from "./retry-plan";
import type { TraceSink } from "./trace-sink";
import type { TraceLimits, TraceSinkOptions } from "./trace-sink-options";

const retry: RetryPlan = { firstDelayMs: 20, maxDelayMs: 50, maxTries: 1000, maxRefusals: 3 };

/** Retries of a few milliseconds, so that a test over real HTTP sees all of them. */
const quickLimits: Partial<TraceLimits> = {
  maxAttempts: 4,
  firstDelayMs: 10,
  maxDelayMs: 20,
  watchMs: 10,
  retry,
  retryScores: retry,
};

const BUFFER_LIMITS = { maxItems: 1000, maxBytes: 64_000_000 };

export interface SinkSetup {
  receiver: OtlpReceiver;
  sink: TraceSink;
  /** What the sink told its operator. */
  log: string[];
  close(): Promise<void>;
}

/** A sink and a server that plays Langfuse, over real HTTP. */
export async function startSinkSetup(
  changes: Partial<TraceSinkOptions> = {},
  receiverOptions: Parameters<typeof startOtlpReceiver>[0] = {},
): Promise<SinkSetup> {
  const receiver = await startOtlpReceiver(receiverOptions);
  const log: string[] = [];
  const sink = createTraceSink({
    enabled: true,
    publicKey: receiver.publicKey,
    secretKey: receiver.secretKey,
    host: receiver.url,
    publicUrl: "https://langfuse.example",
    projectId: null,
    trace: "all",
    sampleRate: 1,
    environment: "test",
    release: "0.1.0",
    clock: systemClock,
    turns: createLateTurns({ clock: systemClock }),
    buffer: createMemoryExportBuffer(runExports, { clock: systemClock, ...BUFFER_LIMITS }),
    scoreBuffer: createMemoryExportBuffer(scoreExports, { clock: systemClock, ...BUFFER_LIMITS }),
    onLink: (requestId, link) => heard.get(requestId)?.push(link),
    log: (message) => log.push(message),
    ...changes,
    limits: { ...quickLimits, ...changes.limits },
  });
  return {
    receiver,
    sink,
    log,
    async close() {
      await sink.close();
      await receiver.close();
    },
  };
}

/** Where the states of each run's link go to. */
const heard = new Map<string, TraceLink[]>();

/** Exports a record and gives back the list that its link's states go to, those of later tries as well. */
export function exportRecord(sink: TraceSink, record: RunRecord): TraceLink[] {
  const links: TraceLink[] = [];
  heard.set(record.request_id, links);
  sink.export({ record, userId: "browser-hash", debug: true }, (link) => links.push(link));
  return links;
}

/** Waits, within a bound that a loaded machine keeps, until a check holds. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 });
}
