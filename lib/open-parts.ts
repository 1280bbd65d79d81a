import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type ChatService, createChatService } from "./chat/chat-service";
import { type ChatPorts, defaultLimits } from "./chat/question";
import type { Clock } from "./domain/clock";
import type { IdSource } from "./domain/ids";
import { type Settings, SettingsError } from "./env";
import { indexAddress } from "./index-address";
import { type Attachments, createAttachments } from "./ingest/attachments";
import { type Ingest, openIngest } from "./ingest/open-ingest";
import type { LateTurns } from "./late-turns";
import { createModels } from "./llm/create-models";
import { createHttpReranker } from "./llm/http-reranker";
import type { Reranker } from "./llm/language-model";
import type { Logger } from "./logger";
import { createMetrics, type Metrics } from "./metrics/create-metrics";
import { createTraceSink } from "./observability/create-trace-sink";
import { type Langfuse, openLangfuse } from "./observability/open-langfuse";
import { noPromptSource } from "./observability/prompt-source";
import type { TraceSink } from "./observability/trace-sink";
import { type IndexProgress, openRetrieval, type Retrieval } from "./retrieval/open-retrieval";
import { parseFile } from "./retrieval/parse/parse-file";
import { type Allowance, createAllowance } from "./security/allowance";
import { readRedactPatterns } from "./security/redact-patterns";
import { setRedaction } from "./security/redaction-slot";
import { type RoleTokens, resolveTokens } from "./security/roles";
import { createStreamSlots } from "./security/stream-slots";
import { createStores, type QueuedStore, type Stores } from "./store/create-stores";
import type { DayCounter } from "./store/day-counter";
import { isOpen } from "./store/job-store";

/** What every part of a process needs. */
export interface Base {
  settings: Settings;
  /** What runs here: version and commit. */
  release: string;
  log: Logger;
  clock: Clock;
  ids: IdSource;
}

export type Models = Awaited<ReturnType<typeof createModels>>;

/** Jobs that are looked at to count the open ones. */
const COUNTED_JOBS = 1000;
const DAY_MS = 86_400_000;
/** Half of what an agent has; the merged order must still come in time. */
const RERANK_TIMEOUT_MS = 2500;

/** Before anything can be logged or kept. Throws `SettingsError`. */
export function configureRedaction({ REDACT_PATTERNS, DEBUG_CONTENT }: Settings): void {
  try {
    setRedaction({ patterns: readRedactPatterns(REDACT_PATTERNS), content: DEBUG_CONTENT });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(`REDACT_PATTERNS is not valid: ${reason}`);
  }
}

export function openModels(settings: Settings): Promise<Models> {
  return createModels({
    apiKey: settings.OPENAI_API_KEY ?? null,
    baseUrl: settings.OPENAI_BASE_URL ?? null,
    chatModel: settings.CHAT_MODEL ?? null,
    embeddingModel: settings.EMBEDDING_MODEL ?? null,
    timeoutMs: settings.MODEL_TIMEOUT_SECONDS * 1000,
  });
}

export function openReranker({ RERANK_BASE_URL, RERANK_MODEL, RERANK_API_KEY }: Settings): Reranker | null {
  if (!RERANK_BASE_URL || !RERANK_MODEL) return null;
  return createHttpReranker({
    baseUrl: RERANK_BASE_URL,
    model: RERANK_MODEL,
    apiKey: RERANK_API_KEY ?? null,
    timeoutMs: RERANK_TIMEOUT_MS,
  });
}

/** The index with what the product brings along in it, and the agents that search it. */
export function openKnowledge(
  { settings, clock, log }: Base,
  models: Models,
  reranker: Reranker | null,
): Promise<Retrieval> {
  return openRetrieval({
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
}

/** The terminal hears of what takes long; a start that finds its index as it left it says nothing. */
function createIndexProgress(log: Logger) {
  return (progress: IndexProgress) => {
    if (!("total" in progress)) return log.warn(progress, "index");
    const { completed, total } = progress;
    if (completed === total || completed % 10 === 0) log.info(progress, "index");
  };
}

export function openStores(
  { settings, clock, log }: Base,
  onDropped: (store: QueuedStore, count: number) => void,
): Stores {
  return createStores({
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
      onDropped(store, count);
    },
  });
}

/** What takes files in, for everybody and for a single conversation. */
export function openUploads(
  { settings, clock, ids, log }: Base,
  { index, documents }: Retrieval,
  { jobs, conversations }: Stores,
): { ingest: Ingest; attachments: Attachments } {
  const ingest = openIngest({
    dataDir: settings.DATA_DIR,
    store: jobs,
    documents,
    index,
    parse: parseFile,
    clock,
    ids,
    log,
    maxOpen: settings.INGEST_QUEUE_MAX,
  });
  const unaskedMs = settings.ATTACHMENT_TTL_DAYS * DAY_MS;
  return {
    ingest,
    attachments: createAttachments({ ingest, documents, index, conversations, clock, unaskedMs }),
  };
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

/** What is asked of Langfuse; null when it is off. */
export function connectLangfuse({ settings, release, clock, log }: Base): Langfuse | null {
  const promptLabel = settings.LANGFUSE_PROMPTS ? settings.LANGFUSE_PROMPT_LABEL : null;
  return openLangfuse({ ...langfuseServer(settings, clock, log), release, promptLabel });
}

/** What Langfuse is told. */
export function openSink(
  { settings, release, clock, log }: Base,
  { runs, exports, scores }: Stores,
  turns: LateTurns,
): TraceSink {
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

interface Measured {
  stores: Stores;
  sink: TraceSink;
  ingest: Ingest;
  retrieval: Retrieval;
  modelState: ChatService["modelState"];
}

export function openMetrics({ stores, sink, ingest, retrieval, modelState }: Measured): Metrics {
  return createMetrics({
    exports: () => sink.counts(),
    openJobs: async () => (await ingest.jobs({ limit: COUNTED_JOBS })).filter(isOpen).length,
    passages: () => retrieval.index.passageCount(),
    waitingWrites: stores.waiting,
    states: async () => ({
      langfuse: sink.health().state,
      debug_store: (await stores.runs.health()).state,
      model: modelState(),
    }),
  });
}

/** What an answer is made with. */
export function openPipeline(
  { settings, clock, ids, log }: Base,
  { index, retrievers }: Retrieval,
  { language: model, tokenizer, prices }: Models,
  { langfuse, reranks }: { langfuse: Langfuse | null; reranks: boolean },
): ChatPorts {
  const prompts = langfuse?.prompts ?? noPromptSource;
  const limits = defaultLimits;
  const pipeline = { index, retrievers, model, tokenizer, prices, prompts, clock, ids, limits, reranks };
  warnOfUnknownPrice(settings, pipeline, log);
  return pipeline;
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

interface ChatParts {
  pipeline: ChatPorts;
  stores: Stores;
  sink: TraceSink;
  metrics: Metrics;
  turns: LateTurns;
}

export function openChat(
  { settings, log }: Base,
  { pipeline, stores, sink, metrics, turns }: ChatParts,
): ChatService {
  const { runs, streams, conversations } = stores;
  return createChatService({
    ...pipeline,
    runs,
    streams,
    conversations,
    sink,
    meter: metrics.meter,
    log,
    turns,
    slots: createStreamSlots({ perBrowser: settings.STREAMS_PER_BROWSER, all: settings.STREAMS_MAX }),
    graceMs: settings.STREAM_GRACE_SECONDS * 1000,
    supportCheck: settings.SUPPORT_CHECK,
  });
}

export function openTokens({ DEBUG_TOKEN, ADMIN_TOKEN, REDIS_URL }: Settings): RoleTokens {
  const given = { debug: DEBUG_TOKEN, admin: ADMIN_TOKEN };
  return resolveTokens(given, REDIS_URL !== undefined, () => randomBytes(18).toString("base64url"));
}

export function openAllowance(settings: Settings, counter: DayCounter): Allowance {
  const limits = {
    tokens: settings.TOKENS_PER_DAY,
    spendUsd: settings.SPEND_PER_DAY_USD,
    uploads: settings.UPLOADS_PER_DAY,
    uploadMegabytes: settings.UPLOAD_MB_PER_DAY,
  };
  return createAllowance(limits, counter);
}
