import type { RunRecord } from "@/lib/domain/run-record";

const RUNNING_MS = 300;
/** Nobody looks: often enough to be right when somebody looks again. */
const HIDDEN_MS = 5_000;
const BROKEN_MS = 2_000;
/** A request that was made this moment may be asked for before its first event is stored. */
const UNBORN_MS = 400;
const UNBORN_FOR_MS = 10_000;
/** One minute in all; then somebody has to ask. */
/** After the answer its citations are checked: by their words at once, by a model within seconds. */
const SUPPORT_MS = [200, 500, 1_000, 2_000, 4_000, 8_000] as const;
const LINK_MS = [2_000, 4_000, 8_000, 16_000, 30_000] as const;

interface PollState {
  run: Pick<RunRecord, "status" | "trace"> | null;
  /** The run's citations are not checked yet. */
  awaitsSupport: boolean;
  /** The last poll failed in a way that may pass. */
  broken: boolean;
  /** How often was asked since the run's end. */
  linkPolls: number;
  hidden: boolean;
}

/** After how many ms to ask again; null when nothing more is to come by itself. */
export function nextPollMs({ hidden, ...state }: PollState): number | null {
  const delay = pollMs(state);
  return delay === null || !hidden ? delay : Math.max(delay, HIDDEN_MS);
}

function pollMs({ run, broken, linkPolls, awaitsSupport }: Omit<PollState, "hidden">): number | null {
  if (broken) return BROKEN_MS;
  if (!run) return null;
  if (run.status === "running") return RUNNING_MS;
  const supportMs = awaitsSupport ? (SUPPORT_MS[linkPolls] ?? null) : null;
  return supportMs ?? (mayBecomeVisible(run) ? (LINK_MS[linkPolls] ?? null) : null);
}

/** What failed is sent again by itself, or because somebody asked. */
function mayBecomeVisible(run: Pick<RunRecord, "trace">): boolean {
  return isOnItsWay(run) || run.trace.state === "failed";
}

/** The trace is neither visible nor given up. */
export function isOnItsWay({ trace }: Pick<RunRecord, "trace">): boolean {
  return trace.state === "pending" || trace.state === "exported";
}

/**
 * After how many ms to ask again for a request that is not there; null when it is gone. A request_id is a
 * UUIDv7: its first 48 bits are the time of its making, so an old one need not be waited for.
 */
export function unbornPollMs(requestId: string, nowMs: number): number | null {
  const mintedAt = Number.parseInt(requestId.replaceAll("-", "").slice(0, 12), 16);
  return Math.abs(nowMs - mintedAt) < UNBORN_FOR_MS ? UNBORN_MS : null;
}
