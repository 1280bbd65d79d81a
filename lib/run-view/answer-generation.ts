import type { Generation, RunRecord } from "@/lib/domain/run-record";

/** The model call that wrote the answer; null before it began. */
export function answerGeneration({ generations }: Pick<RunRecord, "generations">): Generation | null {
  return generations.findLast(({ purpose }) => purpose === "answer") ?? null;
}
