import type { LateTurns } from "@/lib/late-turns";
import type { Logger } from "@/lib/logger";
import type { RunMeter } from "@/lib/metrics/run-meter";
import type { TraceSink } from "@/lib/observability/trace-sink";
import type { ConversationStore } from "@/lib/store/conversation-store";
import type { RunStore } from "@/lib/store/run-store";
import type { StreamStore } from "@/lib/store/stream-store";
import type { ChatPorts } from "./question";

/** What making answers for people needs beside the pipeline's own ports. */
export interface ChatServicePorts extends ChatPorts {
  conversations: ConversationStore;
  streams: StreamStore;
  runs: RunStore;
  sink: TraceSink;
  meter: RunMeter;
  log: Logger;
  /** For what is done after an answer; held while somebody waits for one to begin. */
  turns: LateTurns;
  /** Places for answers that are being made; `take` throws when there is none and returns how to give it back. */
  slots: { take(browserId: string): () => void };
  /** How long a run goes on without readers. */
  graceMs: number;
  /** Whether the model judges the citations as well, after the answer. */
  supportCheck: "lexical" | "model";
}
