import { systemClock } from "@/lib/domain/clock";
import { openSpan, type SpanEvent } from "@/lib/events/span-scope";
import type { RetrievalOutcome, RetrievedPassage, Retriever } from "@/lib/retrieval/retriever";

interface Question {
  agent: Retriever["agentType"];
  query: string;
  kbPrefix: string;
  topK?: number;
  history?: readonly string[];
  signal?: AbortSignal;
}

interface Asked {
  outcome: RetrievalOutcome;
  events: SpanEvent[];
  parentSpanId: string;
}

/** Asks one agent; returns its passages and every event that it yielded. */
async function askWithEvents(
  { retrievers }: { retrievers: readonly Retriever[] },
  { agent, query, kbPrefix, topK = 5, history = [], signal = new AbortController().signal }: Question,
): Promise<Asked> {
  const retriever = retrievers.find(({ agentType }) => agentType === agent);
  if (!retriever) throw new Error(`No ${agent}.`);
  let spans = 0;
  const ids = { uuid: () => "", spanId: () => (spans++).toString(16).padStart(16, "0") };
  const time = { clock: systemClock, ids, origin: systemClock.monotonic() };
  const parent = openSpan(time, { name: "rag_retrieval", kind: "retriever", parent: null });
  const running = retriever.retrieve({ query, kbPrefix, topK, history, signal }, parent);
  const events: SpanEvent[] = [];
  for (;;) {
    const next = await running.next();
    if (next.done) return { outcome: next.value, events, parentSpanId: parent.spanId };
    events.push(next.value);
  }
}

/** The passages that an agent finds. */
export async function ask(
  retrieval: { retrievers: readonly Retriever[] },
  agent: Retriever["agentType"],
  query: string,
  kbPrefix: string,
): Promise<RetrievedPassage[]> {
  return (await askWithEvents(retrieval, { agent, query, kbPrefix })).outcome.passages;
}
ask.withEvents = askWithEvents;
