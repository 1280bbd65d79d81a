import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { ChatService } from "./chat/chat-service";
import type { ChatPorts } from "./chat/question";
import type { DebugPorts } from "./debug/read-run";
import { systemClock } from "./domain/clock";
import type { IdSource } from "./domain/ids";
import type { Insights } from "./domain/insights";
import { readSettings, type Settings } from "./env";
import type { Attachments } from "./ingest/attachments";
import type { Ingest } from "./ingest/open-ingest";
import { createLateTurns } from "./late-turns";
import { createLogger, type Logger } from "./logger";
import type { Metrics } from "./metrics/create-metrics";
import { createBriefCache } from "./observability/brief-cache";
import type { Datasets } from "./observability/datasets";
import type { Experiments } from "./observability/experiments";
import type { TraceSink } from "./observability/trace-sink";
import {
  type Base,
  configureRedaction,
  connectLangfuse,
  openAllowance,
  openChat,
  openKnowledge,
  openMetrics,
  openModels,
  openPipeline,
  openReranker,
  openSink,
  openStores,
  openTokens,
  openUploads,
} from "./open-parts";
import { readRelease } from "./release";
import { type InsightsPorts, readInsights } from "./report/read-insights";
import type { DocumentIndex } from "./retrieval/document-index";
import type { KnowledgeBaseAdmin } from "./retrieval/knowledge-base-admin";
import type { Retrieval } from "./retrieval/open-retrieval";
import type { PassageIndex } from "./retrieval/passage-index";
import { type Access, createAccess } from "./security/access";
import type { Allowance } from "./security/allowance";
import { createRateLimit, type RateLimit } from "./security/rate-limit";
import type { RoleTokens } from "./security/roles";
import { sessionSecrets } from "./security/session-secrets";
import { createSigner } from "./security/signed-value";
import type { ConversationStore } from "./store/conversation-store";
import { createDayCounter } from "./store/day-counter";
import type { DebugStore } from "./store/debug-store";
import type { StreamStore } from "./store/stream-store";

/** Everything of one process, put together once. */
export interface Runtime extends Base {
  tokens: RoleTokens;
  access: Access;
  rateLimit: RateLimit;
  allowance: Allowance;
  index: PassageIndex;
  documents: DocumentIndex;
  ingest: Ingest;
  attachments: Attachments;
  knowledgeBases: KnowledgeBaseAdmin;
  importTriples: Retrieval["importTriples"];
  pipeline: ChatPorts;
  conversations: ConversationStore;
  streams: StreamStore;
  runs: DebugStore;
  sink: TraceSink;
  metrics: Metrics;
  chat: ChatService;
  debug: DebugPorts;
  /** Null when Langfuse is off. */
  datasets: Datasets | null;
  /** The same; what measures answers records them there. */
  experiments: Experiments | null;
  /** Figures of the last so many ms; remembered for a moment. */
  insights(sinceMs: number): Promise<Insights>;
  /** Ends the running answers (up to 30 s), gives running jobs back, sends what is pending, closes the stores. */
  shutDown(): Promise<void>;
}

const DRAIN_MS = 30_000;
const FLUSH_MS = 3000;
const SWEEP_MS = 600_000;
const INSIGHTS_MS = 15_000;
const slot = Symbol.for("sidetrace.runtime");

/**
 * The process's one runtime. Next loads instrumentation, pages and route handlers as module graphs of
 * their own, so it lives on globalThis.
 */
export function getRuntime(): Promise<Runtime> {
  const shared = globalThis as { [slot]?: Promise<Runtime> };
  shared[slot] ??= createRuntime(readSettings());
  return shared[slot];
}

const randomIds: IdSource = {
  uuid: () => uuidv7(),
  spanId: () => randomBytes(8).toString("hex"),
};

async function createRuntime(settings: Settings): Promise<Runtime> {
  configureRedaction(settings);
  const log = createLogger(settings.LOG_LEVEL);
  const clock = systemClock;
  const base: Base = { settings, release: readRelease(), log, clock, ids: randomIds };
  const models = await openModels(settings);
  const reranker = openReranker(settings);
  const retrieval = await openKnowledge(base, models, reranker);
  const stores = openStores(base, (store, count) => metrics.dropped(store, count));
  const counter = createDayCounter({ sums: stores.daySums, clock });
  const { ingest, attachments } = openUploads(base, retrieval, stores);
  const sweeping = sweepRegularly(attachments, log);
  const turns = createLateTurns({ clock });
  const sink = openSink(base, stores, turns);
  const metrics = openMetrics({ stores, sink, ingest, retrieval, modelState: () => chat.modelState() });
  const langfuse = connectLangfuse(base);
  const pipeline = openPipeline(base, retrieval, models, { langfuse, reranks: reranker !== null });
  const chat = openChat(base, { pipeline, stores, sink, metrics, turns });
  const signer = createSigner(sessionSecrets(settings.SESSION_SECRETS, settings.DATA_DIR));
  const tokens = openTokens(settings);
  // Loading all this has kept the process busy, and a connection that got no answer meanwhile was given up.
  await stores.known();
  const { index, documents, knowledgeBases, importTriples } = retrieval;
  const { runs, streams, conversations } = stores;
  const storeMs = settings.DEBUG_TTL_SECONDS * 1000;
  const { prices } = models;
  const archive = langfuse?.archive ?? null;
  return {
    ...base,
    tokens,
    access: createAccess(tokens, signer),
    rateLimit: createRateLimit(settings.RATE_LIMIT_PER_MINUTE, stores.openLimiter),
    allowance: openAllowance(settings, counter),
    index,
    documents,
    ingest,
    attachments,
    knowledgeBases,
    importTriples,
    pipeline,
    runs,
    streams,
    conversations,
    sink,
    metrics,
    chat,
    datasets: langfuse?.datasets ?? null,
    experiments: langfuse?.experiments ?? null,
    insights: openInsights({ metrics: langfuse?.metrics ?? null, runs, storeMs, index, prices, clock }),
    debug: { runs, streams, conversations, sink, archive, clock, isLive: chat.isLive },
    async shutDown() {
      clearInterval(sweeping);
      await Promise.all([chat.drain(DRAIN_MS), ingest.stop()]);
      await sink.flush(FLUSH_MS);
      await sink.close();
      await counter.flush();
      await stores.close();
      await retrieval.close();
    },
  };
}

/** To add up a month is work for Langfuse, and a page is easily loaded again. */
function openInsights(ports: InsightsPorts): Runtime["insights"] {
  const cache = createBriefCache<Insights>({
    load: (sinceMs) => readInsights(Number(sinceMs), ports),
    keepMs: () => INSIGHTS_MS,
    maxEntries: 20,
    monotonic: () => ports.clock.monotonic(),
  });
  return (sinceMs) => cache.get(String(sinceMs));
}

/** What expired conversations leave behind; also what was left before this start. */
function sweepRegularly(attachments: Attachments, log: Logger): NodeJS.Timeout {
  const sweep = () =>
    attachments
      .sweep()
      .catch((error: unknown) => log.warn({ error: String(error) }, "files of conversations"));
  return setInterval(() => void sweep(), SWEEP_MS).unref();
}
