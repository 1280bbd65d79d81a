import { createOpenWork } from "@/lib/open-work";
import { toKeptText } from "@/lib/security/redaction";
import { toCallTrace } from "../call-trace";
import type { ChatServicePorts } from "../chat-service-ports";
import type { OnCall } from "../on-call";
import type { Question } from "../question";
import { toTitle } from "../to-title";
import { askForTitle } from "./ask-for-title";

interface FirstTurn {
  question: Question;
  answer: string;
  /** Whether the run is kept for the sidebar. */
  stored: boolean;
  /** Whether it is traced. */
  traced: boolean;
  userId: string;
  onCall: OnCall;
}

export interface TitleCalls {
  /** Has the model name a conversation that has just begun. Returns at once; the reader has the answer by then. */
  start(turn: FirstTurn): void;
  /** Resolves when the calls that were started are done. */
  settled(): Promise<void>;
}

/** Titles of new conversations by the model; where it fails the first line of the question stays. */
export function createTitleCalls(ports: ChatServicePorts): TitleCalls {
  const open = createOpenWork();

  async function name({ question, answer, stored, traced, userId, onCall }: FirstTurn): Promise<void> {
    const { request_id, session_id, message } = question;
    const { title, generation } = await askForTitle({ message, answer }, ports);
    onCall?.(generation);
    const conversation = title === null ? null : await ports.conversations.conversation(session_id);
    // Who has renamed it meanwhile knows better.
    if (title !== null && conversation?.title === toTitle(message))
      await ports.conversations.update(session_id, { title });
    if (stored) await ports.runs.patchFacts(request_id, { title: generation });
    if (!traced) return;
    const run = { ...question, message: toKeptText(message) };
    const call = { name: "title", failure: "The model gave no title.", generation };
    const record = toCallTrace(run, call, ports);
    ports.sink.export({ record, userId, debug: stored }, () => undefined);
  }

  return {
    start(turn) {
      if (ports.model.extractive) return;
      const naming = name(turn).catch((error) =>
        ports.log.warn({ request_id: turn.question.request_id, error: String(error) }, "no title"),
      );
      open.add(naming);
    },
    settled: open.settled,
  };
}
