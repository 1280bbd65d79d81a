import { promisify } from "node:util";
import { constants, gzip as gzipWithCallback } from "node:zlib";
import type { LateTurns } from "@/lib/late-turns";
import { createOpenWork } from "@/lib/open-work";
import type { Delivery } from "./delivery";
import type { Exporter, ExportListener, Failure } from "./exporter";
import { judgeSpans, type Refusal, refused, type Verdict } from "./failure-reason";
import type { LangfuseApi } from "./langfuse-api";
import type { RunTrace } from "./observation";
import type { OtlpBody } from "./otlp-encoder";
import { toSpans } from "./to-spans";
import type { TraceExport } from "./trace-sink";

const gzip = promisify(gzipWithCallback);
/** Half of the time that the usual level takes, for a sixth more bytes. */
const LEVEL = constants.Z_BEST_SPEED;

const INGESTION = {
  method: "POST",
  path: "/api/public/otel/v1/traces",
  // Version 4 goes straight into the tables that the pages read, so a trace is visible within seconds.
  headers: { "content-encoding": "gzip", "x-langfuse-ingestion-version": "4" },
} as const;

/** Takes finished runs to Langfuse; their ids are those of their requests. */
export interface TraceExporter extends Exporter<TraceExport> {
  /** Resolves when the run has had its first try, and at once when it is not on its way. */
  tried(requestId: string): Promise<void>;
  /** Resolves when every run handed over so far is encoded and has its place in its delivery. */
  settled(): Promise<void>;
}

interface ExporterOptions {
  api: LangfuseApi;
  encode: (trace: RunTrace) => OtlpBody[];
  turns: Pick<LateTurns, "next">;
  maxOpen: number;
  timeoutMs: number;
}

/** A run on its way: first as it is, then as bodies; neither when it was discarded. */
interface Cargo {
  run: TraceExport | null;
  bodies: OtlpBody[];
  discarded: boolean;
  tried: PromiseWithResolvers<void>;
  listener: ExportListener;
}

const noRoom = refused("Too many traces are waiting for Langfuse", "server");

/**
 * Runs → OTLP bodies → delivery. A run is encoded in a turn of its own, so that a burst of them does not
 * hold up the answers; what waits afterwards is compressed bytes, which can be counted.
 */
export function createTraceExporter({
  api,
  encode,
  turns,
  maxOpen,
  timeoutMs,
}: ExporterOptions): TraceExporter {
  const open = new Map<string, Cargo>();
  const intake = createOpenWork();

  function settle(requestId: string, { tried, listener }: Cargo, failure: Failure | null): void {
    open.delete(requestId);
    tried.resolve();
    listener.onSettled(failure);
  }

  function lose(requestId: string, cargo: Cargo, refusal: Refusal): void {
    cargo.listener.onVerdict(refusal);
    settle(requestId, cargo, refusal);
  }

  function hand(run: TraceExport, delivery: Delivery, listener: ExportListener): void {
    const id = idOf(run);
    const cargo: Cargo = { run, bodies: [], discarded: false, tried: Promise.withResolvers(), listener };
    if (open.size >= maxOpen) {
      lose(id, cargo, noRoom);
      return;
    }
    open.set(id, cargo);
    // One run's fault does not stop those behind it.
    intake.add(turns.next().then(() => enqueue(id, cargo, delivery)));
  }

  async function enqueue(id: string, cargo: Cargo, delivery: Delivery): Promise<void> {
    try {
      if (cargo.run) cargo.bodies = await compress(encode(toSpans(cargo.run.record, cargo.run.userId)));
      cargo.run = null;
    } catch {
      lose(id, cargo, refused("The trace could not be written", "run"));
      return;
    }
    if (cargo.discarded) {
      settle(id, cargo, "discarded");
      return;
    }
    const bytes = cargo.bodies.reduce((sum, body) => sum + body.bytes.byteLength, 0);
    const parcel = { bytes, send: createSender(cargo, api, timeoutMs), onVerdict };
    if (!delivery.put(parcel)) lose(id, cargo, noRoom);

    function onVerdict(verdict: Verdict, last: boolean): void {
      cargo.tried.resolve();
      if (!cargo.discarded) cargo.listener.onVerdict(verdict);
      if (last) settle(id, cargo, verdict.taken ? null : cargo.discarded ? "discarded" : verdict);
    }
  }

  function discard(requestId: string): void {
    const cargo = open.get(requestId);
    if (cargo) Object.assign(cargo, { run: null, bodies: [], discarded: true });
  }

  return {
    idOf,
    hand,
    discard,
    open: () => [...open.keys()],
    tried: async (requestId) => open.get(requestId)?.tried.promise,
    settled: intake.settled,
  };
}

const idOf = ({ record }: TraceExport) => record.request_id;

function compress(bodies: readonly OtlpBody[]): Promise<OtlpBody[]> {
  return Promise.all(
    bodies.map(async ({ bytes, spans }) => ({ bytes: await gzip(bytes, { level: LEVEL }), spans })),
  );
}

/** Sends one body after the other; a further try goes on where the last one failed. */
function createSender(cargo: Cargo, api: LangfuseApi, timeoutMs: number): () => Promise<Verdict> {
  const deleted = refused("The request was deleted", "run");
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
