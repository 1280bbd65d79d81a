import type { Source } from "@/lib/events/chat-frame";
import type { AnswerVersion } from "@/lib/events/conversation-answer";
import type { RunEvent } from "@/lib/events/run-event";
import type { CitedPassage } from "@/lib/store/conversation-store";
import { isWholeSnippet } from "./to-chat-frames";

type FinishedVersion = Omit<AnswerVersion, "feedback">;

/** Collects what the conversation keeps of an answer while its events pass by. */
export function createAnswerSummary(requestId: string, question: string | null) {
  const version: FinishedVersion = {
    request_id: requestId,
    question,
    content: "",
    status: "running",
    sources: [],
    stats: null,
    error: null,
    cut_short: false,
  };
  const stats = {
    kb_prefix: "",
    agents_completed: 0,
    agents_failed: 0,
    agents_total: 0,
    passages_retrieved: 0,
  };

  const texts = new Map<string, string>();
  const cited = new Set<string>();

  return {
    add(event: RunEvent, sources: Source[] | null): void {
      if (sources) version.sources = sources;
      switch (event.type) {
        case "route-decision":
          stats.kb_prefix = event.route_decision.kb_prefix;
          break;
        case "plan":
          stats.agents_total = event.rag_plan.length;
          break;
        case "retrieval-result":
          if (event.rag_run.error === null) stats.agents_completed += 1;
          else stats.agents_failed += 1;
          stats.passages_retrieved += event.rag_run.retrieval_count;
          for (const { passage_id, text } of event.rag_run.results) texts.set(passage_id, text);
          break;
        case "citations":
          for (const { passage_id } of event.citations) cited.add(passage_id);
          break;
        case "token":
          version.content += event.content;
          break;
        case "run-end":
          version.content = event.answer;
          version.status = event.status;
          version.error = event.error;
          version.cut_short = event.finish_reason === "length";
          version.stats = { ...stats, total_duration_ms: event.duration_ms };
          break;
        default:
          break;
      }
    },
    version: (): FinishedVersion => version,
    /** The cited passages of which the sources show a part only. */
    cutPassages: (): CitedPassage[] =>
      version.sources.flatMap(({ passage_id, snippet }) => {
        const text = texts.get(passage_id);
        const cut = text !== undefined && cited.has(passage_id) && !isWholeSnippet(snippet);
        return cut ? [{ passage_id, text }] : [];
      }),
  };
}
