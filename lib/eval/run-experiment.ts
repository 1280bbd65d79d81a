import { answerQuestion } from "@/lib/chat/answer-question";
import type { ChatPorts } from "@/lib/chat/question";
import type { RunRecord } from "@/lib/domain/run-record";
import { createStamper } from "@/lib/events/stamp";
import { emptyRecord, reduceRun } from "@/lib/run-view/reduce-run";
import { createEventMasker } from "@/lib/security/mask-event";
import { evaluate, type ItemScores } from "./evaluators";
import type { ExperimentItem } from "./experiment-item";

export interface ItemResult {
  item: ExperimentItem;
  /** Masked. */
  record: RunRecord;
  scores: ItemScores;
}

interface ExperimentOptions {
  ports: ChatPorts;
  /** The conversation that all items' runs belong to. */
  sessionId: string;
  /** Items that are answered at the same time. */
  concurrency: number;
  signal: AbortSignal;
  /** Told of each result as it comes; the next item of this place waits for it. */
  onResult(result: ItemResult): Promise<void>;
}

/** Answers every item as the chat would, and measures the answers. The results are in the items' order. */
export async function runExperiment(
  items: readonly ExperimentItem[],
  options: ExperimentOptions,
): Promise<ItemResult[]> {
  const results: ItemResult[] = [];
  const waiting = items.entries();
  async function work(): Promise<void> {
    for (const [at, item] of waiting) {
      if (options.signal.aborted) return;
      const record = await answerItem(item, options);
      const result = { item, record, scores: evaluate(record, item) };
      results[at] = result;
      await options.onResult(result);
    }
  }
  await Promise.all(Array.from({ length: options.concurrency }, work));
  return results.filter((result) => result !== undefined);
}

async function answerItem(item: ExperimentItem, { ports, sessionId, signal }: ExperimentOptions) {
  const { message, kb_prefix, agent_type, history } = item;
  const request_id = ports.ids.uuid();
  const question = { request_id, session_id: sessionId, message, kb_prefix, agent_type, history };
  const rest = { overrides: {}, regenerate_of: null, continues: null, attachments: null, replay_of: null };
  const masker = createEventMasker([message, ...history.map(({ content }) => content)]);
  const origin = ports.clock.monotonic();
  const stamp = createStamper(request_id, ports.clock.now(), () => ports.clock.monotonic() - origin);
  let record = emptyRecord(request_id);
  for await (const event of answerQuestion({ ...question, ...rest }, ports, signal)) {
    if (event.type !== "token") record = reduceRun(record, stamp(masker.mask(event).event));
  }
  return record;
}
