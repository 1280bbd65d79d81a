import { type ScoreExport, scoreIdsOf } from "@/lib/domain/score-export";
import type { TraceLink } from "@/lib/domain/trace-link";
import { createDelivery } from "./delivery";
import { createExportOutbox } from "./export-outbox";
import type { Verdict } from "./failure-reason";
import { createLangfuseApi } from "./langfuse-api";
import { failedLink, isSampled, type LinkEvent, moveLink } from "./link-state";
import { createOtlpEncoder } from "./otlp-encoder";
import { createPresence } from "./presence";
import { defaultRetryPlan, scoreRetryPlan } from "./retry-plan";
import { createScoreExporter } from "./score-exporter";
import { createServerFacts } from "./server-facts";
import { createTraceExporter } from "./trace-exporter";
import { createTraceLinks } from "./trace-links";
import type { TraceExport, TraceSink } from "./trace-sink";
import type { TraceLimits, TraceSinkOptions } from "./trace-sink-options";
import { createTroubleLog } from "./trouble-log";

/** Five tries within a quarter of a minute; what needs longer waits in the buffer, in an outage after one try. */
const defaultLimits: TraceLimits = {
  maxParcels: 1000,
  maxBytes: 64 * 1024 * 1024,
  maxAttempts: 5,
  maxFailuresInRow: 20,
  firstDelayMs: 1000,
  maxDelayMs: 60_000,
  concurrency: 4,
  exportTimeoutMs: 10_000,
  holdMs: 15_000,
  watchMs: 5000,
  retry: defaultRetryPlan,
  retryScores: scoreRetryPlan,
};
/** A server that is unhealthy or unknown is asked again at most this often, and only while somebody looks. */
const HEALTH_PAUSE_MS = 10_000;

/** Unreferenced: a waiting export keeps no process alive. */
const realWait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());

type LangfuseSinkOptions = TraceSinkOptions & { publicKey: string; secretKey: string };

/** Traces and scores to Langfuse. What it holds in memory is bounded; what it lost is counted. */
export function createLangfuseSink(options: LangfuseSinkOptions): TraceSink {
  const { environment, release } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const wait = options.wait ?? realWait;
  const monotonic = () => options.clock.monotonic();
  const api = createLangfuseApi(options);
  const facts = createServerFacts(api, { projectId: options.projectId, monotonic });
  const presence = createPresence(api, facts, { monotonic, wait });
  const trouble = createTroubleLog(options.log);
  const traces = createDelivery(limits, wait);
  const votes = createDelivery(limits, wait);
  const exporter = createTraceExporter({
    api,
    encode: createOtlpEncoder({ environment, release }),
    turns: options.turns,
    maxOpen: limits.maxParcels,
    timeoutMs: limits.exportTimeoutMs,
  });
  const links = createTraceLinks(options, presence, facts);
  const scores = createScoreExporter(api, { environment });
  const resent = createDelivery({ ...limits, maxAttempts: 1 }, wait);
  const common = {
    again: resent,
    turns: options.turns,
    holdMs: limits.holdMs,
    watchMs: limits.watchMs,
    onTrouble: trouble.say,
    wait,
  };
  const outbox = createExportOutbox({
    ...common,
    exporter,
    buffer: options.buffer,
    first: traces,
    plan: limits.retry,
    onResent: (requestId, verdict) =>
      follow(failedLink(), verdict, (link) => options.onLink(requestId, link)),
  });
  const scoreOutbox = createExportOutbox({
    ...common,
    exporter: scores,
    buffer: options.scoreBuffer,
    first: votes,
    plan: limits.retryScores,
    onResent: (_id, verdict) => hearOfScore(verdict),
  });
  let healthAskedAt = monotonic();
  // Asked in the background now, so that the first link does not wait for it.
  void facts.refresh();
  void facts.projectId();

  function exportRun(run: TraceExport, onLink: (link: TraceLink) => void): void {
    let link = links.initialLink(run.record.request_id, run.debug);
    if (link.state !== "pending") return;
    outbox.send(run, (verdict) => {
      link = follow(link, verdict, onLink);
    });
  }

  /** The link after a try; whoever listens hears of it when it is another. */
  function follow(link: TraceLink, verdict: Verdict, onLink: (link: TraceLink) => void): TraceLink {
    const event = toLinkEvent(verdict);
    trouble.hear(event);
    const moved = moveLink(link, event);
    if (moved.state !== link.state || moved.reason !== link.reason) tell(onLink, moved);
    return moved;
  }

  /** A listener that throws must not stop the delivery that speaks to it. */
  function tell(onLink: (link: TraceLink) => void, link: TraceLink): void {
    try {
      onLink(link);
    } catch {
      options.log("The state of a Langfuse link could not be kept.");
    }
  }

  function sendScore(score: ScoreExport): ReturnType<TraceSink["score"]> {
    if (!isSampled(score.request_id, options.sampleRate)) return "disabled";
    const isFree = scores.open().length === 0 && api.healthy();
    scoreOutbox.send(score, hearOfScore);
    return isFree ? "sent" : "queued";
  }

  function hearOfScore(verdict: Verdict): void {
    trouble.hear(toLinkEvent(verdict));
  }

  function health(): ReturnType<TraceSink["health"]> {
    const healthy = api.healthy();
    // Also where the server was slow to say its version when it was asked first.
    const hasNews = !healthy || facts.knownVersion() === null;
    if (hasNews && monotonic() - healthAskedAt >= HEALTH_PAUSE_MS) {
      healthAskedAt = monotonic();
      void facts.refresh();
    }
    const reason = trouble.current();
    const state = healthy && reason === null ? "ok" : "degraded";
    return { state, version: facts.knownVersion(), reason };
  }

  async function flush(timeoutMs: number): Promise<void> {
    const everything = exporter.settled().then(async () => {
      await Promise.all([traces, resent, votes].map((delivery) => delivery.flush(timeoutMs)));
    });
    await Promise.race([everything, wait(timeoutMs)]);
  }

  return {
    enabled: true,
    initialLink: links.initialLink,
    export: exportRun,
    async discard(requestId) {
      const scoresOfIt = scoreIdsOf(requestId).map(scoreOutbox.discard);
      const wasThere = await Promise.all([outbox.discard(requestId), ...scoresOfIt]);
      return wasThere.includes(true);
    },
    resend: outbox.resend,
    checkVisible: links.checkVisible,
    score: (request_id, vote) => sendScore({ request_id, name: "user_feedback", vote }),
    scoreSupport: (request_id, support) => sendScore({ request_id, name: "citation_support", support }),
    counts: outbox.counts,
    health,
    tried: (requestId, timeoutMs) => Promise.race([exporter.tried(requestId), wait(timeoutMs)]),
    flush,
    close: async () => void (await Promise.all([outbox.close(), scoreOutbox.close()])),
  };
}

function toLinkEvent(verdict: Verdict): LinkEvent {
  return verdict.taken
    ? { type: "taken", note: verdict.note }
    : { type: "not-taken", reason: verdict.reason };
}
