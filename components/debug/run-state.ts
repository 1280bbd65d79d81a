import { ApiFailure } from "@/components/chat/data/api-client";
import { isOnItsWay, nextPollMs } from "@/lib/run-view/poll-delay";
import type { RunFeed } from "@/lib/run-view/run-feed";

/** What the panel knows of the request that it shows. */
export type RunState =
  | { kind: "empty" | "missing" | "forbidden" }
  /** Expired here, and the archive could not be asked. */
  | { kind: "unreachable" }
  | { kind: "loading"; broken: boolean }
  /** `broken`: the last poll failed. `gone`: the server has forgotten the run meanwhile. */
  | { kind: "ready"; feed: RunFeed; broken: boolean; gone: boolean };

/** A request that may yet appear: it is younger than its first stored event. */
export class NotYetStored extends Error {
  override readonly name = "NotYetStored";
  readonly retryMs: number;

  constructor(retryMs: number) {
    super("not stored yet");
    this.retryMs = retryMs;
  }
}

/** What polling has brought so far; `linkPolls` counts the answers since the end or since somebody asked. */
export interface PollResult {
  feed: RunFeed | undefined;
  error: unknown;
  linkPolls: number;
}

/** After how many ms to poll again, null when only a reader can ask for more. */
export function pollDelay({ feed, error, linkPolls }: PollResult, hidden: boolean): number | null {
  if (error instanceof NotYetStored) return error.retryMs;
  if (isFinal(error) || (!feed && isUnreachable(error))) return null;
  const awaitsSupport = feed !== undefined && lacksSupport(feed);
  const run = feed?.record ?? null;
  return nextPollMs({ run, awaitsSupport, broken: error !== undefined, linkPolls, hidden });
}

/** Whether the trace is on its way to Langfuse and the panel asks for it by itself. */
export function awaitsTrace(result: PollResult): boolean {
  return result.feed !== undefined && isOnItsWay(result.feed.record) && pollDelay(result, false) !== null;
}

/** A run that was loaded stays on the page whatever comes after, unless the role is taken away. */
export function toRunState({ feed, error }: Pick<PollResult, "feed" | "error">): RunState {
  const status = statusOf(error);
  const broken = error !== undefined && !isFinal(error) && !(error instanceof NotYetStored);
  if (status === 401 || status === 403) return { kind: "forbidden" };
  if (feed) return { kind: "ready", feed, broken, gone: status === 404 };
  if (isUnreachable(error)) return { kind: "unreachable" };
  return isFinal(error) ? { kind: "missing" } : { kind: "loading", broken };
}

/** The status of a refusal, null for everything else that can go wrong. */
export function statusOf(error: unknown): number | null {
  return error instanceof ApiFailure ? error.status : null;
}

/** Only somebody who asks again can learn more: a Langfuse that is away stays away for longer than a poll. */
function isUnreachable(error: unknown): boolean {
  return statusOf(error) === 502;
}

/** No later try will have another answer. */
function isFinal(error: unknown): boolean {
  return [400, 401, 403, 404].includes(statusOf(error) ?? 0);
}

/** An imported run's citations were checked where it was made, if anywhere. */
function lacksSupport({ record, source, support }: RunFeed): boolean {
  const checkable = record.citations.length > 0 && source !== "import";
  return checkable && (support === null || support.pending);
}
