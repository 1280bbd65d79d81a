import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { type ChatService, createChatService } from "./chat/chat-service";
import { type ChatPorts, defaultLimits } from "./chat/question";
import type { DebugPorts } from "./debug/read-run";
import { type Clock, systemClock } from "./domain/clock";
import type { IdSource } from "./domain/ids";
import type { Insights } from "./domain/insights";
import { readSettings, type Settings, SettingsError } from "./env";
import { indexAddress } from "./index-address";
import { type Attachments, createAttachments } from "./ingest/attachments";
import { type Ingest, openIngest } from "./ingest/open-ingest";
import { createLateTurns, type LateTurns } from "./late-turns";
import { createModels } from "./llm/create-models";
import { createHttpReranker } from "./llm/http-reranker";
import type { Reranker } from "./llm/language-model";
import { createLogger, type Logger } from "./logger";
import { createMetrics, type Metrics } from "./metrics/create-metrics";
import { createBriefCache } from "./observability/brief-cache";
import { createTraceSink } from "./observability/create-trace-sink";
import type { Datasets } from "./observability/datasets";
import type { Experiments } from "./observability/experiments";
import { openLangfuse } from "./observability/open-langfuse";
import { noPromptSource } from "./observability/prompt-source";
import type { TraceSink } from "./observability/trace-sink";
import { readRelease } from "./release";
import { type InsightsPorts, readInsights } from "./report/read-insights";
import type { DocumentIndex } from "./retrieval/document-index";
import type { KnowledgeBaseAdmin } from "./retrieval/knowledge-base-admin";
import { type IndexProgress, openRetrieval, type Retrieval } from "./retrieval/open-retrieval";
import { parseFile } from "./retrieval/parse/parse-file";
import type { PassageIndex } from "./retrieval/passage-index";
import { type Access, createAccess } from "./security/access";
import { type Allowance, createAllowance } from "./security/allowance";
import { createRateLimit, type RateLimit } from "./security/rate-limit";
import { readRedactPatterns } from "./security/redact-patterns";
import { setRedaction } from "./security/redaction-slot";
import { type RoleTokens, resolveTokens } from "./security/roles";
import { sessionSecrets } from "./security/session-secrets";
import { createSigner } from "./security/signed-value";
import { createStreamSlots } from "./security/stream-slots";
import type { ConversationStore } from "./store/conversation-store";
import { createStores, type Stores } from "./store/create-stores";
import { createDayCounter, type DayCounter } from "./store/day-counter";
import type { DebugStore } from "./store/debug-store";
import { isOpen } from "./store/job-store";
import type { StreamStore } from "./store/stream-store";

/** Everything of one process, put together once. */
export interface Runtime {
  settings: Settings;
  /** What runs here: version and commit. */
  release: string;
  log: Logger;
  clock: Clock;
  ids: IdSource;
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
/** Jobs that are looked at to count the open ones. */
const COUNTED_JOBS = 1000;
const SWEEP_MS = 600_000;
const DAY_MS = 86_400_000;
/** Half of what an agent has; the merged order must still come in time. */
const RERANK_TIMEOUT_MS = 2500;
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
  const release = readRelease();
  const ids = randomIds;
  const models = await createModels({
    apiKey: settings.OPENAI_API_KEY ?? null,
    baseUrl: settings.OPENAI_BASE_URL ?? null,
    chatModel: settings.CHAT_MODEL ?? null,
    embeddingModel: settings.EMBEDDING_MODEL ?? null,
    timeoutMs: settings.MODEL_TIMEOUT_SECONDS * 1000,
  });
  const reranker = openReranker(settings);
  const retrieval = await openRetrieval({
    dataDir: settings.DATA_DIR,
    indexAddress: indexAddress(settings),
    docsDir: join(process.cwd(), "docs"),
    countTokens: models.tokenizer.count,
    embedding: models.embedding,
    reranker,
    tripleModel: settings.EXTRACT_TRIPLES && !models.language.extractive ? models.language : null,
    clock,
    onProgress: createIndexProgress(log),
  });
  const stores = createStores({
    redisUrl: settings.REDIS_URL ?? null,
    dataDir: settings.DATA_DIR,
    debugTtlSeconds: settings.DEBUG_TTL_SECONDS,
    conversationTtlDays: settings.CONVERSATION_TTL_DAYS,
    jobTtlDays: settings.JOB_TTL_DAYS,
    exportTtlSeconds: settings.EXPORT_TTL_SECONDS,
    clock,
    onRedisState: (state, reason) => log.warn({ state, reason }, "redis"),
    onDrop(store, count, reason) {
      log.error({ store, count, reason }, "writes dropped");
      metrics.dropped(store, count);
    },
  });
  const counter = createDayCounter({ sums: stores.daySums, clock });
  const { index, documents } = retrieval;
  const ingest = openIngest({
    dataDir: settings.DATA_DIR,
    store: stores.jobs,
    documents,
    index,
    parse: parseFile,
    clock,
    ids,
    log,
    maxOpen: settings.INGEST_QUEUE_MAX,
  });
  const attachments = createAttachments({
    ingest,
    documents,
    index,
    conversations: stores.conversations,
    clock,
    unaskedMs: settings.ATTACHMENT_TTL_DAYS * DAY_MS,
  });
  const sweeping = sweepRegularly(attachments, log);
  const turns = createLateTurns({ clock });
  const sink = openSink(settings, { release, stores, turns, clock, log });
  const metrics = createMetrics({
    exports: () => sink.counts(),
    openJobs: async () => (await ingest.jobs({ limit: COUNTED_JOBS })).filter(isOpen).length,
    passages: () => index.passageCount(),
    waitingWrites: stores.waiting,
    states: async () => ({
      langfuse: sink.health().state,
      debug_store: (await stores.runs.health()).state,
      model: chat.modelState(),
    }),
  });
  const langfuse = openLangfuse({
    ...langfuseServer(settings, clock, log),
    release,
    promptLabel: settings.LANGFUSE_PROMPTS ? settings.LANGFUSE_PROMPT_LABEL : null,
  });
  const pipeline: ChatPorts = {
    index,
    retrievers: retrieval.retrievers,
    model: models.language,
    tokenizer: models.tokenizer,
    prices: models.prices,
    prompts: langfuse?.prompts ?? noPromptSource,
    clock,
    ids,
    limits: defaultLimits,
    reranks: reranker !== null,
  };
  warnOfUnknownPrice(settings, pipeline, log);
  const { runs, streams, conversations } = stores;
  const graceMs = settings.STREAM_GRACE_SECONDS * 1000;
  const chat = createChatService({
    ...pipeline,
    runs,
    streams,
    conversations,
    sink,
    meter: metrics.meter,
    log,
    turns,
    slots: createStreamSlots({ perBrowser: settings.STREAMS_PER_BROWSER, all: settings.STREAMS_MAX }),
    graceMs,
    supportCheck: settings.SUPPORT_CHECK,
  });
  const tokens = resolveTokens(
    { debug: settings.DEBUG_TOKEN, admin: settings.ADMIN_TOKEN },
    settings.REDIS_URL !== undefined,
    () => randomBytes(18).toString("base64url"),
  );
  const signer = createSigner(sessionSecrets(settings.SESSION_SECRETS, settings.DATA_DIR));
  // Loading all this has kept the process busy, and a connection that got no answer meanwhile was given up.
  await stores.known();
  return {
    settings,
    release,
    log,
    clock,
    ids,
    tokens,
    access: createAccess(tokens, signer),
    rateLimit: createRateLimit(settings.RATE_LIMIT_PER_MINUTE, stores.openLimiter),
    allowance: openAllowance(settings, counter),
    index,
    documents,
    ingest,
    attachments,
    knowledgeBases: retrieval.knowledgeBases,
    importTriples: retrieval.importTriples,
    pipeline,
    runs,
    streams,
    conversations,
    sink,
    metrics,
    chat,
    datasets: langfuse?.datasets ?? null,
    experiments: langfuse?.experiments ?? null,
    insights: openInsights({
      metrics: langfuse?.metrics ?? null,
      runs,
      storeMs: settings.DEBUG_TTL_SECONDS * 1000,
      index,
      prices: models.prices,
      clock,
    }),
    debug: {
      runs,
      streams,
      conversations,
      sink,
      archive: langfuse?.archive ?? null,
      clock,
      isLive: chat.isLive,
    },
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

/** Before anything can be logged or kept. */
function configureRedaction({ REDACT_PATTERNS, DEBUG_CONTENT }: Settings): void {
  try {
    setRedaction({ patterns: readRedactPatterns(REDACT_PATTERNS), content: DEBUG_CONTENT });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`REDACT_PATTERNS is not valid: ${reason}`);
  }
}

/** A limit of money needs prices: what has none would be free. */
function warnOfUnknownPrice(
  { SPEND_PER_DAY_USD }: Settings,
  { model, prices }: ChatPorts,
  log: Logger,
): void {
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  if (SPEND_PER_DAY_USD === 0 || prices.cost(model.defaultModel, usage) !== null) return;
  log.warn("SPEND_PER_DAY_USD cannot hold: the price of CHAT_MODEL is unknown. Use TOKENS_PER_DAY.");
}

function openAllowance(settings: Settings, counter: DayCounter): Allowance {
  const limits = {
    tokens: settings.TOKENS_PER_DAY,
    spendUsd: settings.SPEND_PER_DAY_USD,
    uploads: settings.UPLOADS_PER_DAY,
    uploadMegabytes: settings.UPLOAD_MB_PER_DAY,
  };
  return createAllowance(limits, counter);
}

function openReranker({ RERANK_BASE_URL, RERANK_MODEL, RERANK_API_KEY }: Settings): Reranker | null {
  if (!RERANK_BASE_URL || !RERANK_MODEL) return null;
  return createHttpReranker({
    baseUrl: RERANK_BASE_URL,
    model: RERANK_MODEL,
    apiKey: RERANK_API_KEY ?? null,
    timeoutMs: RERANK_TIMEOUT_MS,
  });
}

interface SinkParts {
  release: string;
  stores: Stores;
  turns: LateTurns;
  clock: Clock;
  log: Logger;
}

function openSink(settings: Settings, { release, stores, turns, clock, log }: SinkParts): TraceSink {
  const { runs, exports, scores } = stores;
  return createTraceSink({
    ...langfuseServer(settings, clock, log),
    trace: settings.LANGFUSE_TRACE,
    sampleRate: settings.LANGFUSE_SAMPLE_RATE,
    environment: settings.LANGFUSE_TRACING_ENVIRONMENT,
    release,
    turns,
    buffer: exports,
    scoreBuffer: scores,
    onLink: (requestId, trace) =>
      void runs.patchFacts(requestId, { trace }).catch((error) => log.warn({ error: String(error) }, "link")),
  });
}

/** Where Langfuse is and how it is spoken to, out of the settings. */
export function langfuseServer(settings: Settings, clock: Clock, log: Pick<Logger, "warn">) {
  return {
    enabled: settings.LANGFUSE_ENABLED,
    publicKey: settings.LANGFUSE_PUBLIC_KEY ?? null,
    secretKey: settings.LANGFUSE_SECRET_KEY ?? null,
    host: settings.LANGFUSE_HOST,
    publicUrl: settings.LANGFUSE_PUBLIC_URL,
    projectId: settings.LANGFUSE_PROJECT_ID ?? null,
    clock,
    log: (message: string) => log.warn(message),
  };
}

/** The terminal hears of what takes long; a start that finds its index as it left it says nothing. */
function createIndexProgress(log: Logger) {
  return (progress: IndexProgress) => {
    if (!("total" in progress)) return log.warn(progress, "index");
    const { completed, total } = progress;
    if (completed === total || completed % 10 === 0) log.info(progress, "index");
  };
}
