import type { Clock } from "@/lib/domain/clock";
import type { IdSource } from "@/lib/domain/ids";
import type { Passage } from "@/lib/domain/passage";
import type { RunRecord } from "@/lib/domain/run-record";
import type { RunEvent } from "@/lib/events/run-event";
import { createStamper } from "@/lib/events/stamp";
import type { LanguageModel, ModelChunk, ModelRequest } from "@/lib/llm/language-model";
import { noPromptSource } from "@/lib/observability/prompt-source";
import type { KbAffinity, PassageIndex } from "@/lib/retrieval/passage-index";
import type { RetrievalRequest, RetrievedPassage, Retriever } from "@/lib/retrieval/retriever";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import { type ChatPorts, defaultLimits, type Question } from "./question";

/** A clock that tests move. */
export function manualClock(start = 1_700_000_000_000): Clock & { advance(ms: number): void } {
  let elapsed = 0;
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    advance: (ms) => {
      elapsed += ms;
    },
  };
}

/** Ids that count up. */
export function countingIds(): IdSource {
  let next = 0;
  const hex = (digits: number) => {
    next += 1;
    return next.toString(16).padStart(digits, "0");
  };
  return { uuid: () => `00000000-0000-7000-8000-${hex(12)}`, spanId: () => hex(16) };
}

export function passage(id: string, text: string): Passage {
  return {
    passage_id: id,
    document_id: `doc-${id}`,
    name: `${id}.md`,
    title: `Title ${id}`,
    heading: "A › B",
    text,
  };
}

type Script = (request: ModelRequest) => AsyncGenerator<ModelChunk, void>;

/** A model that says what the script says. */
export function scriptedModel(script: Script, extra: Partial<LanguageModel> = {}): LanguageModel {
  return {
    defaultModel: "test-model",
    extractive: true,
    baseUrl: null,
    stream: script,
    completeJson: async () => ({ text: "{}", usage: null, model: "test-model" }),
    ...extra,
  };
}

/** Streams the pieces and ends well. */
export function saying(...pieces: string[]): Script {
  return async function* () {
    for (const text of pieces) yield { type: "text", text };
    const usage = { prompt_tokens: 100, completion_tokens: pieces.length, total_tokens: 100 + pieces.length };
    yield { type: "end", finishReason: "stop", usage, model: "test-model" };
  };
}

type Search = (request: RetrievalRequest) => Promise<RetrievedPassage[]>;

/** A retriever with one sub-span around a function. */
export function scriptedRetriever(agentType: Retriever["agentType"], search: Search): Retriever {
  return {
    agentType,
    async *retrieve(request, parent) {
      yield parent.log({ level: "debug", message: "searching" });
      return { passages: await search(request), methods: ["bm25_search"] };
    },
  };
}

export function ranked(...passages: Passage[]): RetrievedPassage[] {
  return passages.map((found, index) => ({ passage: found, rank: index + 1, relevance: 0.8 }));
}

export function fixedIndex(affinities: KbAffinity[]): PassageIndex {
  const base = (prefix: string) => ({ prefix, title: prefix, description: "", keywords: [], suggested: [] });
  return {
    knowledgeBases: async () =>
      affinities.map(({ kb_prefix }) => ({ ...base(kb_prefix), documents: 1, passages: 1, updated_at: 0 })),
    knowledgeBase: async (prefix) =>
      affinities.some(({ kb_prefix }) => kb_prefix === prefix) ? base(prefix) : null,
    affinities: async () => affinities,
    passage: async () => null,
    document: async () => null,
    documents: async () => [],
    attachmentBases: async () => new Map(),
    passageCount: async () => 1,
  };
}

const defaultAffinities: KbAffinity[] = [
  { kb_prefix: "docs", confidence: 0.9, signals: [{ term: "key", weight: 0.9 }] },
  { kb_prefix: "hr", confidence: 0.1, signals: [] },
];

/** Ports with two found passages and a model that cites the first. */
export function testPorts(overrides: Partial<ChatPorts> = {}): ChatPorts {
  const found = ranked(passage("p1", "Keys rotate in place."), passage("p2", "Old keys work for a day."));
  return {
    index: fixedIndex(defaultAffinities),
    retrievers: (["naive_rag_agent", "hybrid_agent", "graph_agent"] as const).map((agentType) =>
      scriptedRetriever(agentType, async () => found),
    ),
    model: scriptedModel(saying("Keys rotate ", "in place. [1]")),
    tokenizer: { count: (text) => Math.ceil(text.length / 4) },
    prices: { cost: () => 0.5 },
    prompts: noPromptSource,
    clock: manualClock(),
    ids: countingIds(),
    limits: defaultLimits,
    reranks: false,
    ...overrides,
  };
}

export function testQuestion(overrides: Partial<Question> = {}): Question {
  return {
    request_id: "00000000-0000-7000-8000-0000000000ff",
    session_id: "00000000-0000-7000-8000-0000000000fe",
    message: "How do keys rotate?",
    kb_prefix: "auto",
    agent_type: "auto",
    history: [],
    overrides: {},
    regenerate_of: null,
    replay_of: null,
    continues: null,
    attachments: null,
    ...overrides,
  };
}

/** All events of a run. */
export async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The record of collected events. */
export function fold(events: readonly RunEvent[]): RunRecord {
  const stamp = createStamper("r", 0, () => 0);
  const stamped = events.flatMap((event) => (event.type === "token" ? [] : [stamp(event)]));
  return reduceEvents(emptyRecord("r"), stamped);
}
