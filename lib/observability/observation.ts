export type ObservationType = "span" | "generation" | "embedding" | "retriever";
export type ObservationLevel = "DEFAULT" | "WARNING" | "ERROR";

/** One node of a trace in Langfuse's words. Times are epoch milliseconds, with microseconds as fraction. */
export interface Observation {
  /** The record's span id: sixteen lower-case hex digits. */
  id: string;
  parentObservationId: string | null;
  name: string;
  type: ObservationType;
  startTime: number;
  endTime: number;
  level: ObservationLevel;
  statusMessage: string | null;
  /** Text as Langfuse stores it: plain, or JSON. */
  input: string | null;
  output: string | null;
  /** Nested values are JSON. */
  metadata: Readonly<Record<string, string>>;
  model: string | null;
  modelParameters: Readonly<Record<string, string | number>> | null;
  /** `input`, `output` and `total` tokens; null where nothing is known. */
  usageDetails: Readonly<Record<string, number>> | null;
  /** `total` in US dollars; null where the price is unknown. */
  costDetails: Readonly<Record<string, number>> | null;
  completionStartTime: number | null;
  /** The managed prompt that a generation was made with. */
  prompt: { name: string; version: number } | null;
}

/** A run as Langfuse keeps it. */
export interface RunTrace {
  /** The request_id without dashes. */
  id: string;
  name: string;
  userId: string | null;
  sessionId: string | null;
  tags: readonly string[];
  metadata: Readonly<Record<string, string>>;
  /** The root first, every parent before its children. */
  observations: readonly Observation[];
}
