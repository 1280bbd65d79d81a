import { z } from "zod";
import { agentTypeSchema, plannedAgents } from "@/lib/domain/agent";
import { kbPrefixSchema } from "@/lib/domain/knowledge-base";
import { AppError } from "@/lib/errors";
import { mergeEvents } from "@/lib/events/merge-events";
import { openSpan, toMilliseconds } from "@/lib/events/span-scope";
import type { RetrievalOutcome, Retriever } from "@/lib/retrieval/retriever";
import { fuseRankings } from "./fuse";
import type { ChatPorts } from "./question";

/** Body of `POST /api/search`. */
export const searchRequestSchema = z.strictObject({
  query: z.string().trim().min(1).max(8000),
  kb_prefix: kbPrefixSchema,
  agent_type: z._default(agentTypeSchema, "auto"),
  top_k: z.int().min(1).max(100).default(10),
  history: z.array(z.string().max(8000)).max(50).default([]),
});
type SearchRequest = z.infer<typeof searchRequestSchema>;

type SearchPorts = Pick<ChatPorts, "index" | "retrievers" | "clock" | "ids">;

/** Searches without answering. Throws `invalid_request` for an unknown knowledge base. */
export async function searchPassages(request: SearchRequest, ports: SearchPorts, signal: AbortSignal) {
  if (!(await ports.index.knowledgeBase(request.kb_prefix))) {
    const issues = [{ path: "kb_prefix", message: "unknown prefix" }];
    throw new AppError("invalid_request", "There is no such knowledge base.", { issues });
  }
  const started = ports.clock.monotonic();
  const wanted = plannedAgents(request.agent_type);
  const retrievers = ports.retrievers.filter(({ agentType }) => wanted.includes(agentType));
  const found = await runAll(retrievers, request, ports, signal);
  const passages = mergeRankings(retrievers, found).slice(0, request.top_k);
  return {
    results: passages.map(({ passage, relevance }, index) => ({ ...passage, rank: index + 1, relevance })),
    duration_ms: toMilliseconds(ports.clock.monotonic() - started),
  };
}

function mergeRankings(retrievers: readonly Retriever[], found: readonly RetrievalOutcome[]) {
  const [only] = found;
  if (found.length === 1 && only) return only.passages;
  return fuseRankings(
    retrievers.flatMap(({ agentType }, index) => {
      const outcome = found[index];
      return outcome ? [{ agentType, ...outcome }] : [];
    }),
  );
}

async function runAll(
  retrievers: readonly Retriever[],
  request: SearchRequest,
  { clock, ids }: SearchPorts,
  signal: AbortSignal,
): Promise<RetrievalOutcome[]> {
  const time = { clock, ids, origin: clock.monotonic() };
  const { query, kb_prefix: kbPrefix, top_k: topK, history } = request;
  const runs = mergeEvents(
    retrievers.map((retriever) => {
      const span = openSpan(time, { name: "rag_retrieval", kind: "retriever", parent: null });
      return retriever.retrieve({ query, kbPrefix, topK, history, signal }, span);
    }),
  );
  for (;;) {
    const step = await runs.next();
    if (step.done) return step.value;
  }
}
