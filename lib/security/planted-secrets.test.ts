import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createChatService } from "@/lib/chat/chat-service";
import { readAll } from "@/lib/chat/chat-service.fixture";
import { giveFeedback } from "@/lib/chat/give-feedback";
import { passage, ranked, scriptedModel, scriptedRetriever, testPorts } from "@/lib/chat/pipeline.fixture";
import { addToDataset } from "@/lib/debug/dataset-item";
import { importRun } from "@/lib/debug/import-run";
import { systemClock } from "@/lib/domain/clock";
import type { RunRecord } from "@/lib/domain/run-record";
import { systemIds } from "@/lib/ingest/ingest.fixture";
import { createLateTurns } from "@/lib/late-turns";
import { ModelError, type ModelRequest } from "@/lib/llm/language-model";
import { createLogger } from "@/lib/logger";
import { openTestLangfuse } from "@/lib/observability/langfuse.fixture";
import { sampleRecord } from "@/lib/observability/sample-record.fixture";
import { eventually, startSinkSetup } from "@/lib/observability/trace-sink.fixture";
import { createStores } from "@/lib/store/create-stores";
import { createRedisClient, type RedisClient } from "@/lib/store/redis-client";
import { readKey, scanKeys } from "@/lib/store/redis-keyspace";
import { type RedisTestServer, startRedisTestServer } from "@/lib/store/redis-test-server";
import { until } from "@/lib/store/until";
import { parseRedactPatterns } from "./redact-patterns";
import { setRedaction } from "./redaction-slot";

/** A secret for each field; what is planted where is seen in what leaks. */
const planted = (field: string) => `sk-planted-${field}-0123456789abcdef`;
const PLANTED = /sk-planted-(\w+)-0123456789abcdef/g;
/** A secret of a kind that only the operator knows. */
const OWN = "TCK-424242";
const BROWSER = "0190a2b3-0000-7000-8000-00000000000b";

let server: RedisTestServer;
let redis: RedisClient;
let dataDir: string;
beforeAll(async () => {
  server = await startRedisTestServer();
  redis = createRedisClient(server.url);
  await until(() => redis.isReady());
  dataDir = await mkdtemp(join(tmpdir(), "sidetrace-planted-"));
});
afterAll(async () => {
  redis.close();
  await server[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => void (await redis.pipeline([["FLUSHALL"]])));
afterEach(() => setRedaction({ patterns: [], content: true }));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Secrets in everything that answering reads, hears and writes. */
async function open() {
  const lines: string[] = [];
  const log = createLogger("debug", { write: (line) => lines.push(line) });
  const stores = createStores({
    redisUrl: server.url,
    dataDir,
    debugTtlSeconds: 600,
    conversationTtlDays: 1,
    jobTtlDays: 1,
    exportTtlSeconds: 600,
    clock: systemClock,
    onRedisState: () => {},
    onDrop: () => {},
  });
  const langfuse = await startSinkSetup({ buffer: stores.exports, log: (message) => log.warn(message) });
  const found = ranked({
    ...passage("p1", `Text with ${planted("text")} of ${OWN}.`),
    name: `${planted("file")}.md`,
    title: `Title ${planted("documenttitle")}`,
    heading: `Heading ${planted("heading")}`,
  });
  const seen: ModelRequest[] = [];
  const answering = scriptedModel(
    async function* (request) {
      seen.push(request);
      yield { type: "text", text: `The answer is ${planted("answer")}. [1]` };
      const usage = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 };
      yield { type: "end", finishReason: "stop", usage, model: `m-${planted("modelname")}` };
    },
    {
      extractive: false,
      completeJson: async ({ messages }) => {
        const asked = JSON.stringify(messages);
        const title = JSON.stringify({ title: `On ${planted("title")}`, query: planted("rewritten") });
        const judged = JSON.stringify({ judgements: [{ i: 0, support: 1, reason: planted("reason") }] });
        return { text: asked.includes("Judge how") ? judged : title, usage: null, model: "m" };
      },
    },
  );
  const failing = scriptedModel(async function* () {
    const cause = new Error(`server at https://user:${planted("url")}@host said ${planted("cause")}`);
    const error = new ModelError("model_unavailable", `refused ${planted("modelerror")}`, {
      retryable: false,
      cause,
    });
    yield await Promise.reject(error);
  });
  const base = testPorts({ clock: systemClock, ids: { ...systemIds, spanId: nextSpanId }, model: answering });
  const ports = {
    ...base,
    retrievers: [
      scriptedRetriever("naive_rag_agent", async () => found),
      scriptedRetriever("hybrid_agent", async () => {
        throw new Error(`embedding server: bad key ${planted("embedding")}`);
      }),
      scriptedRetriever("graph_agent", async () => {
        throw new Error(`reranker: ${planted("rerank")}`);
      }),
    ],
    ...stores,
    sink: langfuse.sink,
    meter: { follow: () => () => {} },
    log,
    turns: createLateTurns({ clock: systemClock }),
    slots: { take: () => () => {} },
    graceMs: 5000,
    supportCheck: "model" as const,
  };
  const { datasets } = openTestLangfuse(langfuse.receiver);
  closing.push(async () => {
    await langfuse.close();
    await stores.close();
  });
  return { ports, langfuse, stores, lines, log, seen, failing, datasets };
}

let spans = 0;
function nextSpanId(): string {
  spans += 1;
  return spans.toString(16).padStart(16, "0");
}

type World = Awaited<ReturnType<typeof open>>;

/** Everything that happens to a conversation, and to its runs in the sidebar. */
async function live({ ports, failing, datasets, log }: World): Promise<RunRecord["request_id"][]> {
  const service = createChatService(ports);
  const ask = async (chat: typeof service, message: string, extra: object = {}) => {
    const request = {
      message,
      kb_prefix: "auto",
      agent_type: "auto",
      session_id: SESSION,
      ...extra,
    } as const;
    const signal = new AbortController().signal;
    const run = await chat.start(request, { browserId: BROWSER, recorded: true }, signal);
    await readAll(run.frames);
    return run.requestId;
  };
  const first = await ask(service, `Why is ${planted("question")} of ${OWN} refused?`);
  const overrides = { system_prompt: `Use ${planted("systemprompt")}.`, model: `x-${planted("override")}` };
  const second = await ask(service, "And why?", { overrides });
  const failed = await ask(createChatService({ ...ports, model: failing }), `Again ${planted("again")}?`);
  await service.drain(5000);
  const comment = `No: ${planted("comment")}`;
  await giveFeedback({ request_id: first, value: "down", comment }, BROWSER, ports);
  const debug = { ...ports, archive: null, isLive: () => false };
  const expected_output = `Say ${planted("expected")}`;
  // Refused where contents are not kept.
  await addToDataset(first, { dataset: "d", create: true, expected_output }, { debug, datasets }).catch(
    (error: unknown) => log.warn({ error: String(error) }, "dataset"),
  );
  const imported = { ...sampleRecord(), message: planted("imported"), answer: planted("importedanswer") };
  const spansOf = imported.spans.map((span) => ({ ...span, input: { [planted("key")]: planted("input") } }));
  await importRun({ ...imported, spans: spansOf }, { ...ports, ids: systemIds });
  log.error({ err: new Error(planted("err"), { cause: new Error(planted("errcause")) }), ticket: OWN }, "x");
  return [first, second, failed];
}

const SESSION = "0190a2b3-0000-7000-8000-00000000000a";
/** The owner's own data, which has the original: their conversation, and the frames that they read. */
const OWNED = /^(chat|chats|answer|share):|:stream(-head)?$/;

/** All that is kept anywhere but with its owner. */
async function kept({
  langfuse,
  lines,
  stores,
}: World): Promise<{ redis: string; langfuse: string; log: string }> {
  await stores.runs.health();
  const texts: string[] = [];
  for await (const keys of scanKeys(redis, "*"))
    for (const key of keys) if (!OWNED.test(key)) texts.push(JSON.stringify(await readKey(redis, key)));
  const { receiver } = langfuse;
  return {
    redis: texts.join("\n"),
    langfuse: JSON.stringify([
      receiver.traces(),
      receiver.spans(),
      [...receiver.scores().values()],
      [...receiver.datasets().items.values()],
    ]),
    log: lines.join("\n"),
  };
}

/** Waits until runs, their calls afterwards and the vote are where they go. */
async function settled(world: World, requestIds: readonly string[]): Promise<void> {
  await eventually(async () => {
    for (const id of requestIds) {
      expect(world.langfuse.receiver.trace(id.replaceAll("-", ""))).toBeDefined();
      expect(await world.stores.runs.read(id, 0)).toMatchObject({ source: "redis" });
    }
    expect(world.langfuse.receiver.scores().size).toBeGreaterThan(1);
    expect(world.langfuse.receiver.traces().length).toBeGreaterThan(requestIds.length);
  });
}

const fieldsIn = (text: string) => [...new Set([...text.matchAll(PLANTED)].map(([, field]) => field))];

describe("secrets planted in every field", () => {
  it("are nowhere but with their owner and the model: not in Redis, not in Langfuse, not in the log", async () => {
    setRedaction({
      patterns: parseRedactPatterns('[{"name":"ticket","pattern":"TCK-\\\\d{6}"}]'),
      content: true,
    });
    const world = await open();
    const ids = await live(world);
    await settled(world, ids);
    const places = await kept(world);
    for (const [place, text] of Object.entries(places)) {
      expect(fieldsIn(text), place).toEqual([]);
      expect(text, place).not.toContain(OWN);
    }
    // What is looked through really holds what happened.
    expect(places.redis).toContain("of ••• refused?");
    expect(places.redis).toContain("Heading •••");
    expect(places.redis).toContain("embedding server: bad key •••");
    expect(places.langfuse).toContain("The answer is •••");
    expect(places.langfuse).toContain("Say •••");
    expect(places.langfuse).toContain("No: •••");
    expect(places.log).toContain("•••");
    // The owner and the model have the originals.
    const conversation = JSON.stringify(await world.stores.conversations.conversation(SESSION));
    expect(fieldsIn(conversation)).toEqual(expect.arrayContaining(["question", "answer", "comment"]));
    expect(fieldsIn(JSON.stringify(world.seen))).toEqual(
      expect.arrayContaining(["question", "text", "systemprompt", "answer"]),
    );
  }, 60_000);

  it("nor is any word, where contents are not kept", async () => {
    setRedaction({ patterns: [], content: false });
    const world = await open();
    const ids = await live(world);
    await settled(world, ids);
    const places = await kept(world);
    for (const [place, text] of Object.entries(places)) {
      expect(fieldsIn(text), place).toEqual([]);
      for (const words of ["refused?", "Text with", "Heading ", "The answer is", "And why", "Say ", "No: "])
        expect(text, `${words} in ${place}`).not.toContain(words);
    }
    const slice = await world.stores.runs.read(ids[0] ?? "", 0);
    expect(slice?.events.find(({ type }) => type === "run-start")).toMatchObject({
      message: expect.stringMatching(/^•••\(\d+\)$/),
    });
  }, 60_000);
});
