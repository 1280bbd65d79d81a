import type { KeptDatasets } from "./langfuse-datasets";
import type { KeptPrompts } from "./langfuse-prompts";
import type { createReceivedTraces } from "./received-traces";

export interface ReceivedScore {
  id: string;
  traceId: string;
  name: string;
  dataType: string;
  value: number;
  comment: string | null;
  metadata: unknown;
}

/** What makes one Langfuse server differ from another. */
export interface LangfuseIdentity {
  /** What `/api/public/health` says; decides which routes tell that a trace is there. */
  version: string;
  publicKey: string;
  secretKey: string;
  projectId: string;
}

export interface LangfuseState extends LangfuseIdentity {
  traces: ReturnType<typeof createReceivedTraces>;
  scores: Map<string, ReceivedScore>;
  datasets: KeptDatasets;
  prompts: KeptPrompts;
  hidden: boolean;
  /** Spans at the end of each body that are not taken. */
  rejectPerBody(): number;
}
