import type { TraceCounts } from "@/lib/domain/trace-counts";
import { givenUpReason } from "@/lib/domain/trace-link";
import type { LateTurns } from "@/lib/late-turns";
import { createOpenWork } from "@/lib/open-work";
import type { ExportBuffer, KeptExport } from "@/lib/store/export-buffer";
import type { Delivery } from "./delivery";
import type { Exporter, Failure } from "./exporter";
import type { Verdict } from "./failure-reason";
import { type RetryPlan, retryDelayMs, triesFor } from "./retry-plan";

/** Items that are sent again at once while Langfuse takes them; one where it may not. */
const ROUND_ITEMS = 8;

export interface ExportOutbox<Item> {
  /** Keeps an item and hands it over; returns at once. `onVerdict` hears of every try. */
  send(item: Item, onVerdict: (verdict: Verdict) => void): void;
  /** Takes back an item that Langfuse does not have; false when none is kept here. */
  discard(id: string): Promise<boolean>;
  /** Sends an item again that failed, now; false when none is kept. Throws where the buffer does. */
  resend(id: string): Promise<boolean>;
  /** `exported` and `dropped` of this process since its start; the others of all processes, as they are now. */
  counts(): Promise<TraceCounts>;
  /** Lets go of what is still on its way, so that the next process need not wait for it. */
  close(): Promise<void>;
}

interface OutboxOptions<Item> {
  exporter: Exporter<Item>;
  buffer: ExportBuffer<Item>;
  /** For what is new: several tries. */
  first: Delivery;
  /** For what failed before: one try each. */
  again: Delivery;
  turns: Pick<LateTurns, "next">;
  plan: RetryPlan;
  /** How long an item that is on its way belongs to this process without a word from it. */
  holdMs: number;
  /** How often is looked after the items: less than a third of `holdMs`. */
  watchMs: number;
  /** Hears of every try of an item that failed before, or that another process left. */
  onResent(id: string, verdict: Verdict): void;
  onTrouble(reason: string): void;
  wait(ms: number): Promise<void>;
}

/**
 * Sees to it that each run or score gets to Langfuse or is counted. It is kept before it is sent and removed when it
 * was taken, so that neither an outage nor the end of this process loses it; what failed, or was left by a
 * process that died, is sent again.
 */
export function createExportOutbox<Item>(options: OutboxOptions<Item>): ExportOutbox<Item> {
  const { exporter, buffer, first, again, turns, plan, holdMs, watchMs, onResent, onTrouble, wait } = options;
  const counts = { exported: 0, dropped: 0 };
  /** Items on their way from here that no buffer counts. */
  const unkept = new Set<string>();
  const keeping = createOpenWork();
  let hadTrouble = false;
  let round: Promise<void> | null = null;
  let isClosed = false;

  /** The buffer's faults are an operator's business, never an answer's. */
  async function quietly<T>(work: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work;
    } catch {
      onTrouble("what waits for Langfuse cannot be kept");
      return otherwise;
    }
  }

  /** In a turn of its own: an item becomes text here. */
  function keep(item: Item): Promise<void> {
    const id = exporter.idOf(item);
    unkept.add(id);
    const kept = turns.next().then(async () => {
      const { isKept, dropped } = await quietly(buffer.put(item, holdMs), { isKept: false, dropped: 0 });
      counts.dropped += dropped;
      if (isKept) unkept.delete(id);
    });
    keeping.add(kept);
    return kept;
  }

  function send(item: Item, onVerdict: (verdict: Verdict) => void): void {
    const kept = keep(item);
    exporter.hand(item, first, {
      onVerdict,
      onSettled: (failure) => void kept.then(() => conclude(exporter.idOf(item), 0, failure, onVerdict)),
    });
  }

  /** What follows from how an item's tries ended; it had failed so many times before. */
  async function conclude(
    id: string,
    failuresBefore: number,
    failure: Failure | null,
    onVerdict: (verdict: Verdict) => void,
  ): Promise<void> {
    if (failure === "replaced") return;
    const wasUnkept = unkept.delete(id);
    if (failure === "discarded") return;
    if (failure === null) {
      // What is kept is a newer one where that is on its way already.
      if (!exporter.open().includes(id)) await quietly(buffer.remove(id), undefined);
      counts.exported += 1;
      return recover();
    }
    hadTrouble ||= failure.blame === "server";
    const failures = failuresBefore + 1;
    const isLast = wasUnkept || failures >= triesFor(failure, plan);
    // It may have had to give way to newer ones while it was on its way.
    if (!isLast && (await quietly(buffer.fail(id, failures, retryDelayMs(failures, plan)), true))) return;
    await quietly(buffer.remove(id), undefined);
    counts.dropped += 1;
    onVerdict({ ...failure, reason: givenUpReason(failure.reason, failures) });
  }

  /** Langfuse takes them again: those that failed need not wait for their time. */
  async function recover(): Promise<void> {
    if (!hadTrouble) return;
    hadTrouble = false;
    await quietly(buffer.hasten(null), false);
    void sendWaiting();
  }

  function sendWaiting(): Promise<void> {
    round ??= sendRound().finally(() => {
      round = null;
    });
    return round;
  }

  /** Sends what is due until nothing is, or until Langfuse takes something not. */
  async function sendRound(): Promise<void> {
    for (let isTaking = true; isTaking && !isClosed; ) {
      const limit = hadTrouble ? 1 : ROUND_ITEMS;
      const { kept, dropped } = await quietly(buffer.claim(limit, holdMs), { kept: [], dropped: 0 });
      counts.dropped += dropped;
      const results = await Promise.all(kept.map(sendAgain));
      isTaking = results.length > 0 && !results.includes(false);
    }
  }

  /** Whether Langfuse took it. */
  function sendAgain({ item, failures }: KeptExport<Item>): Promise<boolean> {
    const id = exporter.idOf(item);
    // It fell free although it is still on its way: this process had no time to renew it.
    if (exporter.open().includes(id)) return Promise.resolve(false);
    const onVerdict = (verdict: Verdict) => onResent(id, verdict);
    return new Promise((resolve) => {
      const onSettled = (failure: Failure | null) =>
        void conclude(id, failures, failure, onVerdict).then(() => resolve(failure === null));
      exporter.hand(item, again, { onVerdict, onSettled });
    });
  }

  async function renew(): Promise<void> {
    for (const id of await quietly(buffer.renew(exporter.open(), holdMs), [])) exporter.discard(id);
  }

  async function watch(): Promise<void> {
    while (!isClosed) {
      await renew();
      void sendWaiting();
      await wait(watchMs);
    }
  }
  void watch();

  return {
    send,
    async discard(id) {
      exporter.discard(id);
      const wasKept = await quietly(buffer.discard(id), false);
      const wasThere = unkept.delete(id) || wasKept;
      if (wasThere) counts.dropped += 1;
      return wasThere;
    },
    async resend(id) {
      const isOpen = exporter.open().includes(id);
      if (isOpen) first.wake();
      const isKept = await buffer.hasten(id);
      // A round that goes on may have looked already.
      if (isKept) void (round ?? Promise.resolve()).then(sendWaiting);
      return isOpen || isKept;
    },
    async counts() {
      const { pending, failed } = await quietly(buffer.counts(), { pending: 0, failed: 0 });
      return { ...counts, pending: pending + unkept.size, failed };
    },
    async close() {
      isClosed = true;
      await keeping.settled();
      await quietly(buffer.renew(exporter.open(), 0), []);
    },
  };
}
