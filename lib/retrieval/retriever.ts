import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { Passage } from "@/lib/domain/passage";
import type { RetrievalMethod } from "@/lib/domain/run-record";
import type { OpenSpan, SpanEvent } from "@/lib/events/span-scope";

export interface RetrievalRequest {
  query: string;
  kbPrefix: string;
  /** How many passages at most, from 1. */
  topK: number;
  /** Earlier user turns, oldest first; weighted into the query where no model rewrote it. */
  history: readonly string[];
  signal: AbortSignal;
}

export interface RetrievedPassage {
  passage: Passage;
  /** From 1, in this agent's order. */
  rank: number;
  /** In [0, 1]: reranker score, else cosine similarity, else the share of the query's idf weight covered. */
  relevance: number | null;
}

export interface RetrievalOutcome {
  passages: RetrievedPassage[];
  /** What ran, in order. */
  methods: RetrievalMethod[];
}

/** Port: one way of finding passages. */
export interface Retriever {
  readonly agentType: RetrieverAgent;
  /**
   * Searches one knowledge base. Yields the spans and log lines of what it does below `parent`, returns
   * the passages in its order. Throws when it cannot search; finding nothing is an empty list.
   */
  retrieve(request: RetrievalRequest, parent: OpenSpan): AsyncGenerator<SpanEvent, RetrievalOutcome>;
}
