// An invented run with any number of spans, for the measurements of the sidebar.
import "../scripts/resolve-typescript.mjs";

const { emptyRecord, reduceEvents } = await import("@/lib/run-view/reduce-run");

const SESSION = "0197f000-0000-7000-8000-0000000000aa";
const spanId = (n) => n.toString(16).padStart(16, "0");

/** Stamped events: a root, agents below it, ten steps below each agent with their log lines, and the end. */
export function largeRunEvents(requestId, spanCount) {
  const startedAt = 1_750_000_000_000;
  const events = [];
  const add = (atMs, event) =>
    events.push({ ...event, v: 1, request_id: requestId, seq: events.length + 1, at: startedAt + atMs });
  const settings = { model: "offline", temperature: null, top_k: 8, context_tokens: 4000, rerank: false };
  const question = { kb_prefix: "auto", agent_type: "auto", message: "A long run", settings };
  const run = {
    session_id: SESSION,
    started_at: startedAt,
    ...question,
    regenerate_of: null,
    replay_of: null,
  };
  add(0, { type: "run-start", ...run });
  const start = (n, parent, name, kind, offset_ms) =>
    add(offset_ms, {
      type: "span-start",
      span_id: spanId(n),
      parent_span_id: parent === null ? null : spanId(parent),
      name,
      kind,
      offset_ms,
      input: { query: `question ${n}`, top_k: 8 },
      attributes: {},
    });
  const end = (n, offset_ms, duration_ms, status = "ok") =>
    add(offset_ms + duration_ms, {
      type: "span-end",
      span_id: spanId(n),
      status,
      status_message: status === "ok" ? null : `step ${n} failed`,
      duration_ms,
      output: { count: n % 50, hits: [{ passage_id: `p${n}`, title: `Passage ${n}` }] },
      attributes: {},
    });
  start(1, null, "rag_chat", "request", 0);
  for (let n = 2; n <= spanCount; n += 11) {
    start(n, 1, "rag_retrieval", "retriever", n);
    for (let step = n + 1; step <= Math.min(n + 10, spanCount); step += 1) {
      const name = ["bm25_search", "vector_search", "graph_rank"][step % 3];
      start(step, n, name, "retriever", step);
      end(step, step, 3 + (step % 7), step % 97 === 0 ? "error" : "ok");
      add(step + 10, { type: "log", entry: logEntry(step, name) });
    }
    end(n, n, 20);
  }
  end(1, 0, spanCount + 30);
  const ended = { status: "success", finish_reason: "stop", duration_ms: spanCount + 30 };
  add(spanCount + 30, { type: "run-end", ...ended, answer: "Done.", error: null });
  return events;
}

export function largeRunRecord(requestId, spanCount) {
  return reduceEvents(emptyRecord(requestId), largeRunEvents(requestId, spanCount));
}

function logEntry(step, node) {
  const base = { span_id: spanId(step), node, node_type: "retriever", offset_ms: step, duration_ms: 3 };
  const nothing = { input: null, output: null, error: null };
  return { ...base, level: step % 31 === 0 ? "warn" : "info", message: `step ${step}`, ...nothing };
}
