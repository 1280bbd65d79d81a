import type { ChatService } from "@/lib/chat/chat-service";
import { AppError } from "@/lib/errors";
import type { LanguageModel } from "@/lib/llm/language-model";
import type { TraceSink } from "@/lib/observability/trace-sink";
import type { PassageIndex } from "@/lib/retrieval/passage-index";
import type { DebugStore } from "@/lib/store/debug-store";

interface ReadinessPorts {
  runs: DebugStore;
  sink: TraceSink;
  index: PassageIndex;
  pipeline: { model: LanguageModel };
  chat: Pick<ChatService, "draining">;
}

/** Body of `GET /api/ready`. Only what chat can't do without makes it `down`. */
export async function readReadiness({ runs, sink, index, pipeline, chat }: ReadinessPorts) {
  const [debugStore, passages] = await Promise.all([runs.health(), countPassages(index)]);
  const indexState = passages === null ? ("down" as const) : ("ok" as const);
  const langfuse = sink.health();
  const limps = [debugStore.state, langfuse.state].some((state) => state === "degraded" || state === "down");
  const down = indexState === "down" || chat.draining();
  return {
    status: down ? "down" : limps ? "degraded" : "ready",
    checks: {
      debug_store: debugStore,
      langfuse: { ...langfuse, ...sink.counts() },
      llm: { state: "ok", model: pipeline.model.defaultModel },
      index: { state: indexState, passages },
    },
  };
}

async function countPassages(index: PassageIndex): Promise<number | null> {
  try {
    return await index.passageCount();
  } catch (error) {
    if (error instanceof AppError || error instanceof Error) return null;
    throw error;
  }
}
