import type { Clock } from "@/lib/domain/clock";
import type { ScoreExport } from "@/lib/domain/score-export";
import type { TraceLink } from "@/lib/domain/trace-link";
import type { LateTurns } from "@/lib/late-turns";
import type { ExportBuffer } from "@/lib/store/export-buffer";
import type { DeliveryLimits } from "./delivery";
import type { RetryPlan } from "./retry-plan";
import type { TraceExport } from "./trace-sink";

export interface TraceSinkOptions {
  enabled: boolean;
  publicKey: string | null;
  secretKey: string | null;
  /** Address that this process reaches Langfuse at, without a last slash. */
  host: string;
  /** Address that a browser reaches it at, without a last slash. */
  publicUrl: string;
  /** Null: asked once. */
  projectId: string | null;
  /** Trace all requests, or only those that are kept for the debug sidebar. */
  trace: "all" | "debug";
  /** Share of requests that is traced, 0 to 1. */
  sampleRate: number;
  environment: string;
  release: string | null;
  clock: Clock;
  /** In which finished runs are made ready. */
  turns: Pick<LateTurns, "next">;
  /** Keeps the runs that Langfuse does not have yet. */
  buffer: ExportBuffer<TraceExport>;
  /** Keeps the scores that Langfuse does not have yet. */
  scoreBuffer: ExportBuffer<ScoreExport>;
  /** Hears of each new state of the link of a run that is sent again, whoever handed it over first. */
  onLink(requestId: string, link: TraceLink): void;
  /** One line for an operator; never holds content, keys or hosts. */
  log: (message: string) => void;
  limits?: Partial<TraceLimits>;
  /** How time passes between tries; real time by default. */
  wait?: (ms: number) => Promise<void>;
}

export interface TraceLimits extends DeliveryLimits {
  /** Of one request that hands over spans. */
  exportTimeoutMs: number;
  /** See `createExportOutbox`. */
  holdMs: number;
  watchMs: number;
  retry: RetryPlan;
  retryScores: RetryPlan;
}
