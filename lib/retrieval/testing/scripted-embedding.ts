import type { EmbeddingModel } from "@/lib/llm/language-model";
import { contentTerms } from "@/lib/retrieval/text/query-terms";

/** Words that the scripted model takes for the same thing. */
const MEANINGS = [
  ["automobile", "car", "clamp"],
  ["holiday", "vacat", "年假", "urlaub"],
  ["overh", "hot", "temperatur", "过热"],
];

/** An embedding model that knows a few synonyms; it fails while `down`, and waits while `gate` is closed. */
export function createScriptedEmbedding(model = "scripted") {
  const state = { down: false, gate: Promise.resolve(), calls: 0 };
  const embedding: EmbeddingModel = {
    model,
    embed: async (texts, signal) => {
      state.calls += 1;
      await state.gate;
      signal.throwIfAborted();
      if (state.down) throw new Error("The model is away.");
      return { vectors: texts.map(toVector), promptTokens: texts.length };
    },
  };
  return { embedding, state };
}

function toVector(text: string): number[] {
  const terms = new Set(contentTerms(text));
  const meanings = MEANINGS.map((words) => (words.some((word) => terms.has(word)) ? 1 : 0));
  return [...meanings, 0.1];
}
