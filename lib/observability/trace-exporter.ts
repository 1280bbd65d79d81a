import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import type { Delivery } from "./delivery";
import { judgeSpans, type Verdict } from "./failure-reason";
import type { LangfuseApi } from "./langfuse-api";
import type { LinkEvent } from "./link-state";
import type { RunTrace } from "./observation";
import type { OtlpBody } from "./otlp-encoder";
import { toSpans } from "./to-spans";
import type { TraceCounts, TraceExport } from "./trace-sink";

const gzip = promisify(gzipWithCallback);
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const INGESTION = {
  method: "POST",
  path: "/api/public/otel/v1/traces",
  // Version 4 goes straight into the tables that the pages read, so a trace is visible within seconds.
  headers: { "content-encoding": "gzip", "x-langfuse-ingestion-version": "4" },
} as const;

export interface TraceExporter {
  /** Takes a finished run; returns at once. `onEvent` hears of every try. */
  hand(run: TraceExport, onEvent: (event: LinkEvent) => void): void;
  /** Forgets the content of a run that is not handed over yet. */
  discard(requestId: string): void;
  /** In runs: what was handed over is exported, failed, dropped (no room, discarded) or pending. */
  counts(): TraceCounts;
  /** Resolves when every run handed over so far is encoded and has its place in the delivery. */
  settled(): Promise<void>;
}

interface ExporterOptions {
  api: LangfuseApi;
  delivery: Delivery;
  encode: (trace: RunTrace) => OtlpBody[];
  maxPending: number;
  timeoutMs: number;
}

/** A run on its way: first as it is, then as bodies; neither when it was discarded. */
interface Cargo {
  run: TraceExport | null;
  bodies: OtlpBody[];
  discarded: boolean;
  onEvent: (event: LinkEvent) => void;
}

const deleted: Verdict = {
  taken: false,
  reason: "The request was deleted",
  retryable: false,
  retryAfterMs: null,
};

/**
 * Runs → OTLP bodies → delivery. A run is encoded in a turn of its own, so that a burst of them does not
 * hold up the answers; what waits afterwards is compressed bytes, which can be counted.
 */
export function createTraceExporter(options: ExporterOptions): TraceExporter {
  const { api, delivery, encode, maxPending, timeoutMs } = options;
  const counts: TraceCounts = { exported: 0, failed: 0, pending: 0, dropped: 0 };
  const pending = new Map<string, Cargo>();
  let intake: Promise<void> = Promise.resolve();

  function settle(requestId: string, as: "exported" | "failed" | "dropped"): void {
    pending.delete(requestId);
    counts.pending -= 1;
    counts[as] += 1;
  }

  function lose(requestId: string, { onEvent }: Cargo, as: "failed" | "dropped", reason: string): void {
    settle(requestId, as);
    onEvent({ type: "not-taken", reason });
  }

  function hand(run: TraceExport, onEvent: (event: LinkEvent) => void): void {
    const id = run.record.request_id;
    const cargo: Cargo = { run, bodies: [], discarded: false, onEvent };
    counts.pending += 1;
    if (counts.pending > maxPending) {
      lose(id, cargo, "dropped", "Too many traces are waiting for Langfuse");
      return;
    }
    pending.set(id, cargo);
    const turn = intake.then(nextTurn).then(() => enqueue(id, cargo));
    // One run's fault must not stop those behind it.
    intake = turn.catch(() => {});
  }

  async function enqueue(id: string, cargo: Cargo): Promise<void> {
    try {
      if (cargo.run) cargo.bodies = await compress(encode(toSpans(cargo.run.record, cargo.run.userId)));
      cargo.run = null;
    } catch {
      lose(id, cargo, "failed", "The trace could not be written");
      return;
    }
    if (cargo.discarded) {
      settle(id, "dropped");
      return;
    }
    const bytes = cargo.bodies.reduce((sum, body) => sum + body.bytes.byteLength, 0);
    const parcel = { bytes, send: createSender(cargo, api, timeoutMs), onVerdict };
    if (!delivery.put(parcel)) lose(id, cargo, "dropped", "Too many traces are waiting for Langfuse");

    function onVerdict(verdict: Verdict, last: boolean): void {
      if (last) settle(id, verdict.taken ? "exported" : cargo.discarded ? "dropped" : "failed");
      if (cargo.discarded) return;
      cargo.onEvent(
        verdict.taken ? { type: "taken", note: verdict.note } : { type: "not-taken", reason: verdict.reason },
      );
    }
  }

  function discard(requestId: string): void {
    const cargo = pending.get(requestId);
    if (cargo) Object.assign(cargo, { run: null, bodies: [], discarded: true });
  }

  return { hand, discard, counts: () => ({ ...counts }), settled: () => intake };
}

function compress(bodies: readonly OtlpBody[]): Promise<OtlpBody[]> {
  return Promise.all(bodies.map(async ({ bytes, spans }) => ({ bytes: await gzip(bytes), spans })));
}

/** Sends one body after the other; a further try goes on where the last one failed. */
function createSender(cargo: Cargo, api: LangfuseApi, timeoutMs: number): () => Promise<Verdict> {
  let left = cargo.bodies.length;
  let note: string | null = null;
  return async () => {
    for (let body = cargo.bodies.at(-left); left > 0 && body; body = cargo.bodies.at(-left)) {
      const answer = await api.call({ ...INGESTION, body: body.bytes, timeoutMs });
      const verdict = judgeSpans(answer, body.spans);
      if (!verdict.taken) return cargo.discarded ? deleted : verdict;
      note = verdict.note ?? note;
      left -= 1;
    }
    return cargo.discarded && left > 0 ? deleted : { taken: true, note };
  };
}
