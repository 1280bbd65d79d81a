import type { RagRun } from "@/lib/domain/run-record";
import type { Usage } from "@/lib/domain/usage";
import type { ChatFrame, Progress, Source } from "@/lib/events/chat-frame";
import type { RunEvent } from "@/lib/events/run-event";

type Row = RagRun["results"][number];

/** A source shows at most this much of its passage; the rest is one click away. */
const SNIPPET_CHARACTERS = 700;

/** Whether a source shows its whole passage. */
export const isWholeSnippet = (snippet: string): boolean => snippet.length <= SNIPPET_CHARACTERS;

const noProgress: Omit<Progress, "stage"> = {
  completed: null,
  total: null,
  agent_type: null,
  retrieval_count: null,
  error: null,
  kb_prefix: null,
};

/**
 * The public stream out of the run's events, one frame mapper per run. Readers get their own text
 * unmasked, and nothing of what only developers may see.
 */
export function createFrameMapper(ids: { request_id: string; message_id: string }) {
  const rows = new Map<string, Row>();
  let kbPrefix: string | null = null;
  let agents = 0;
  let agentsDone = 0;
  let usage: Usage | null = null;
  let answerSpan: string | null = null;

  const progress = (content: Pick<Progress, "stage"> & Partial<Progress>): ChatFrame[] => [
    { status: "progress", content: { ...noProgress, kb_prefix: kbPrefix, ...content } },
  ];

  return (event: RunEvent): ChatFrame[] => {
    switch (event.type) {
      case "run-start":
        return [
          { status: "start", session_id: event.session_id, ...ids },
          ...progress({ stage: "routing", completed: 0, total: 1 }),
        ];
      case "route-decision":
        kbPrefix = event.route_decision.kb_prefix;
        return progress({ stage: "routing", completed: 1, total: 1 });
      case "plan":
        agents = event.rag_plan.length;
        return agents === 0 ? [] : progress({ stage: "retrieval", completed: 0, total: agents });
      case "retrieval-result": {
        agentsDone += 1;
        const { agent_type, retrieval_count, error, results } = event.rag_run;
        for (const row of results) rows.set(row.passage_id, row);
        const failed = error === null ? null : "This search failed; the others go on.";
        const done = { completed: agentsDone, total: agents };
        return progress({ stage: "retrieval", ...done, agent_type, retrieval_count, error: failed });
      }
      case "context":
        return [
          {
            status: "sources",
            content: event.context.passages.flatMap((passage) => toSource(passage, rows)),
          },
        ];
      case "prompt":
        if (event.purpose !== "answer") return [];
        answerSpan = event.span_id;
        return progress({ stage: "generation", completed: 0, total: 1 });
      case "token":
        return [{ status: "token", content: event.content }];
      case "generation-end":
        if (event.span_id === answerSpan) usage = event.usage;
        return [];
      case "run-end": {
        const { finish_reason, error } = event;
        const done: ChatFrame = { status: "done", request_id: ids.request_id, finish_reason, usage };
        return error ? [{ status: "error", ...error }, done] : [done];
      }
      case "span-start":
      case "span-end":
      case "generation-first-token":
      case "citations":
      case "log":
        return [];
      default:
        return ignoreUnknown(event);
    }
  };
}

function ignoreUnknown(_event: never): ChatFrame[] {
  return [];
}

function toSource(
  { n, passage_id, relevance }: { n: number | null; passage_id: string; relevance: number | null },
  rows: ReadonlyMap<string, Row>,
): Source[] {
  const row = rows.get(passage_id);
  if (n === null || !row) return [];
  const { document_id, title, heading, text } = row;
  const snippet = text.length > SNIPPET_CHARACTERS ? `${text.slice(0, SNIPPET_CHARACTERS)}…` : text;
  const url = `/documents/${encodeURIComponent(document_id)}#${encodeURIComponent(passage_id)}`;
  return [{ n, passage_id, document_id, title, heading, snippet, relevance, url }];
}
