import type { ChatService } from "@/lib/chat/chat-service";
import type { LanguageModel } from "@/lib/llm/language-model";
import type { TraceSink } from "@/lib/observability/trace-sink";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { DebugStore } from "@/lib/store/debug-store";

export interface ReadinessPorts {
  runs: DebugStore;
  sink: TraceSink;
  index: PassageIndex;
  pipeline: { model: LanguageModel };
  chat: Pick<ChatService, "draining" | "modelState">;
}

/** Body of `GET /api/ready`. Only what chat can't do without makes it `down`. */
export async function readReadiness({ runs, sink, index, pipeline, chat }: ReadinessPorts) {
  const [debugStore, passages, counts] = await Promise.all([
    runs.health(),
    countPassages(index),
    sink.counts(),
  ]);
  const indexState = passages === null ? ("down" as const) : ("ok" as const);
  const langfuse = sink.health();
  const llm = chat.modelState();
  const limps = [debugStore.state, langfuse.state, llm].some(
    (state) => state === "degraded" || state === "down",
  );
  const down = indexState === "down" || chat.draining();
  return {
    status: down ? "down" : limps ? "degraded" : "ready",
    checks: {
      debug_store: debugStore,
      langfuse: { ...langfuse, ...counts },
      llm: { state: llm, model: pipeline.model.defaultModel },
      index: { state: indexState, passages },
    },
  };
}

/** Null when the index cannot say: then nothing can be searched. */
function countPassages(index: PassageIndex): Promise<number | null> {
  return index.passageCount().catch(() => null);
}
