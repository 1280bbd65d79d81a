import { type AppError, isUnavailable } from "@/lib/errors";
import type { Logger } from "@/lib/logger";

/** Keeps answers that have ended; none is given up because the store cannot take it at the moment. */
export interface AnswerKeeper {
  /** Resolves after the first try. Never rejects: what fails for now is tried again until it succeeds. */
  keep(requestId: string, write: () => Promise<void>): Promise<void>;
  /** Whether an answer has ended that is not kept yet. */
  isWaiting(requestId: string): boolean;
  /** Tries all that wait once more. */
  flush(): Promise<void>;
}

const RETRY_MS = 1000;
/** Answers that wait at most; beyond these the oldest is given up. */
const MAX_WAITING = 1000;

export function createAnswerKeeper(log: Logger): AnswerKeeper {
  const waiting = new Map<string, () => Promise<void>>();
  let retry: NodeJS.Timeout | null = null;

  async function attempt(requestId: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
      if (waiting.delete(requestId)) log.info({ request_id: requestId }, "the answer is kept");
    } catch (error) {
      if (isUnavailable(error)) waitFor(requestId, write, error);
      else giveUp(requestId, error);
    }
  }

  function waitFor(requestId: string, write: () => Promise<void>, error: AppError): void {
    const [oldest] = waiting.size >= MAX_WAITING ? waiting.keys() : [];
    if (oldest !== undefined && !waiting.has(requestId)) giveUp(oldest, "too many answers wait");
    if (!waiting.has(requestId))
      log.error({ request_id: requestId, error: error.message }, "the answer could not be kept yet");
    waiting.set(requestId, write);
    retry ??= setTimeout(() => void flush(), RETRY_MS).unref();
  }

  function giveUp(requestId: string, error: unknown): void {
    waiting.delete(requestId);
    log.error({ request_id: requestId, error: String(error) }, "the answer could not be kept");
  }

  async function flush(): Promise<void> {
    if (retry !== null) clearTimeout(retry);
    retry = null;
    await Promise.all([...waiting].map(([requestId, write]) => attempt(requestId, write)));
  }

  return { keep: attempt, isWaiting: (requestId) => waiting.has(requestId), flush };
}
