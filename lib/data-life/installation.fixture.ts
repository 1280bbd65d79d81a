import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { systemClock } from "@/lib/domain/clock";
import type { Feedback } from "@/lib/domain/feedback";
import type { RunRecord } from "@/lib/domain/run-record";
import { createAttachments } from "@/lib/ingest/attachments";
import { found, openProcess, upload } from "@/lib/ingest/ingest.fixture";
import { openTestLangfuse } from "@/lib/observability/langfuse.fixture";
import { sampleRecord } from "@/lib/observability/sample-record.fixture";
import { eventually, startSinkSetup } from "@/lib/observability/trace-sink.fixture";
import { documentIdOf } from "@/lib/retrieval/ingest/passage-id";
import { createWorkplace } from "@/lib/retrieval/testing/two-handbooks";
import { userIdOf } from "@/lib/security/user-id";
import type { ConversationStore } from "@/lib/store/conversation-store";
import { createMemoryDebugStore, type DebugStore } from "@/lib/store/debug-store";
import { createDiscardExports } from "@/lib/store/discard-exports";
import { runExports, scoreExports } from "@/lib/store/export-codec";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import type { RedisClient } from "@/lib/store/redis-client";
import { createRedisConversationStore } from "@/lib/store/redis-conversation-store";
import { createRedisExportBuffer } from "@/lib/store/redis-export-buffer";
import { createRedisJobStore } from "@/lib/store/redis-job-store";
import { createRedisRunStore } from "@/lib/store/redis-run-store";
import { sampleHead, sampleSummary } from "@/lib/store/sample-run";
import { createSqliteConversationStore } from "@/lib/store/sqlite-conversation-store";
import { until } from "@/lib/store/until";
import { openPlaces } from "./open-places";

const DAY_MS = 86_400_000;

/** One turn of somebody, with an answer that cites a document of a knowledge base, recorded and traced. */
export interface Turn {
  browserId: string;
  sessionId: string;
  requestId: string;
  /** A word of the question. */
  word: string;
}

export const cited = { name: "cited.md", word: "marzipan", id: documentIdOf("lamp", "cited.md") };

/** An installation with an index, jobs and a Langfuse, on SQLite files or on a Redis. */
export async function openTestInstallation(redis: RedisClient | null, dir?: string) {
  const place = await createWorkplace();
  const dataDir = dir ?? (await mkdtemp(join(tmpdir(), "sidetrace-life-")));
  const jobs = redis ? { store: createRedisJobStore({ redis }) } : {};
  const process = await openProcess({ dataDir, docsDir: place.docsDir, ...jobs });
  const limits = { maxItems: 99, maxBytes: 1e8 };
  const exports = redis && createRedisExportBuffer(runExports, { redis, clock: systemClock, ...limits });
  const scores = redis && createRedisExportBuffer(scoreExports, { redis, clock: systemClock, ...limits });
  const discardExports = redis && createDiscardExports(redis, systemClock);
  const langfuse = await startSinkSetup();
  const local = createSqliteConversationStore({
    path: join(dataDir, "conversations.sqlite"),
    clock: systemClock,
    ttlDays: 9,
  });
  const conversations: ConversationStore = redis
    ? createRedisConversationStore({ redis, ttlDays: 9 })
    : local;
  const runs = redis ? redisDebugStore(redis) : memoryDebugStore();
  const { index, documents, ingest } = process;
  const attachments = createAttachments({
    ingest,
    documents,
    index,
    conversations,
    clock: systemClock,
    unaskedMs: DAY_MS,
  });
  const ports = { conversations, runs, index, documents, ingest, attachments };
  const { eraser } = openTestLangfuse(langfuse.receiver);
  const discard = async (requestId: string) => discardExports?.(requestId);

  async function ask({ browserId, sessionId, requestId, word }: Turn): Promise<void> {
    const [passage] = await documents.passages(cited.id, { after: -1, limit: 1 });
    const source = {
      n: 1,
      passage_id: passage?.passage_id ?? "",
      document_id: cited.id,
      title: "Cited",
      heading: "",
      snippet: passage?.text ?? "",
      relevance: null,
      url: "",
    };
    await conversations.addTurn({
      session_id: sessionId,
      owner: browserId,
      title: `about ${word}`,
      private: false,
      at: Date.now(),
      user: { message_id: `u-${requestId}`, content: `what of ${word}?`, after: null },
      assistant: { message_id: `m-${requestId}`, request_id: requestId },
    });
    const at = { session_id: sessionId, message_id: `m-${requestId}`, owner: browserId };
    const version = {
      request_id: requestId,
      question: null,
      content: `${word} it is [1]`,
      sources: [source],
    };
    const end = { status: "success", stats: null, error: null, cut_short: false } as const;
    await conversations.finishVersion(at, { ...version, ...end }, Date.now());
    await conversations.keepPassages(sessionId, [{ passage_id: source.passage_id, text: source.snippet }]);
    const share = { share_id: `link-to-${sessionId}`, at: 1, title: word, request_ids: [requestId] };
    await conversations.setShare(sessionId, share);
    await record({ browserId, sessionId, requestId, word });
  }

  async function record({ browserId, sessionId, requestId, word }: Turn): Promise<void> {
    const known = sampleRecord();
    const [first] = known.rag_runs;
    const results = first?.results.map((result) => ({ ...result, document_id: cited.id }));
    const rag_runs = first ? [{ ...first, results: results ?? [] }] : [];
    const run: RunRecord = {
      ...known,
      request_id: requestId,
      session_id: sessionId,
      message: word,
      rag_runs,
    };
    const start = { type: "retrieval-result", v: 1, request_id: requestId, seq: 1, at: 1 } as const;
    const [rag_run] = rag_runs;
    if (rag_run) await runs.append(sampleHead(requestId, { session_id: sessionId }), [{ ...start, rag_run }]);
    await runs.putSummary(sampleSummary(requestId, { session_id: sessionId, message: word }));
    const trace = { record: run, userId: userIdOf(browserId), debug: true };
    await exports?.put(trace, 1);
    const vote: Feedback = { value: "down", reasons: [], comment: word, at: 1 };
    await scores?.put({ request_id: requestId, name: "user_feedback", vote }, 1);
    langfuse.sink.export(trace, () => {});
    langfuse.sink.score(requestId, { value: "up", reasons: [], comment: null, at: 1 });
    const traceId = requestId.replaceAll("-", "");
    await eventually(() => {
      if (!langfuse.receiver.trace(traceId) || !langfuse.receiver.scores().has(`${traceId}-user_feedback`))
        throw new Error("not there yet");
    });
    const datasets = openTestLangfuse(langfuse.receiver).datasets;
    await datasets.create("kept");
    const item = { id: `${traceId}-set`, input: word, expectedOutput: "", metadata: {} };
    await datasets.add("kept", { ...item, source: { traceId, observationId: null } });
  }

  async function attach({ sessionId, browserId }: Turn, name: string, text: string): Promise<void> {
    const where = { sessionId, browserId };
    await attachments.add(where, (take) => take({ name, content: Readable.from([Buffer.from(text)]) }));
    await until(async () => (await attachments.list(where)).every(({ state }) => state === "done"), 60_000);
  }

  return {
    ...ports,
    dataDir,
    langfuse,
    ask,
    attach,
    upload: (files: Record<string, string>) => upload(ingest, "lamp", files),
    places: () => openPlaces({ ...ports, dataDir, redis, discard, eraser }),
    search: (query: string) => found(process, query),
    async close() {
      await process.close();
      local.close();
      await langfuse.close();
      await place[Symbol.asyncDispose]();
      if (dir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function redisDebugStore(redis: RedisClient): DebugStore {
  const store = createRedisRunStore({ redis, ttlSeconds: 999 });
  return {
    ...store,
    async read(requestId, after) {
      const slice = await store.read(requestId, after);
      return slice && { ...slice, source: "redis", degraded: false };
    },
    health: async () => ({ state: "ok", backend: "redis", latency_ms: null }),
  };
}

function memoryDebugStore(): DebugStore {
  return createMemoryDebugStore(
    createMemoryRunStore({ clock: systemClock, ttlSeconds: 999, maxRuns: 99, maxBytes: 1e8 }),
  );
}

/** Files below a folder whose bytes contain a text. Where one is renamed or removed meanwhile, all are read again. */
export function filesWith(folder: string, text: string): Promise<string[]> {
  return eventually(async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const contents = await Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
    return contents.filter(({ bytes }) => bytes.includes(text)).map(({ path }) => path);
  });
}
