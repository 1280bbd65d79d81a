/** How long something waits for Langfuse at most, unless the setting says otherwise. */
export const EXPORT_KEPT_MS = 86_400_000;

export interface ExportLimits {
  maxItems: number;
  /** Of all items together, in characters of their JSON. */
  maxBytes: number;
  /** How long an item waits at most, in milliseconds. */
  keptMs?: number;
}

/** What waits, and how often it was given up on its way to Langfuse. */
export interface KeptExport<Item> {
  item: Item;
  failures: number;
}

/**
 * Port: what Langfuse does not have yet, masked runs or scores, for a day at most. An item belongs to whoever
 * holds it; a holder renews that, so the items of a process that died are free after `holdMs`. Throws
 * `unavailable` where the store is away.
 */
export interface ExportBuffer<Item> {
  /**
   * Keeps an item, held by the caller; another with the same id replaces it. The oldest give way where there is no
   * room; `dropped` are those of them that nobody held, the others are still on their way. `isKept` is false
   * for one that alone is too large, or was discarded.
   */
  put(item: Item, holdMs: number): Promise<{ isKept: boolean; dropped: number }>;
  /** Holds the items on from now; with 0 lets go of them. Answers with those that were discarded meanwhile. */
  renew(ids: readonly string[], holdMs: number): Promise<string[]>;
  /** Writes down a failure and lets go of the item; it is due again in `dueInMs`. False when it is not kept. */
  fail(id: string, failures: number, dueInMs: number): Promise<boolean>;
  /** Forgets an item that arrived, or is given up. */
  remove(id: string): Promise<void>;
  /** Forgets an item that must not arrive, and tells its holder at the next `renew`. False when it was not kept. */
  discard(id: string): Promise<boolean>;
  /** Items that are due and held by nobody, now held by the caller; `dropped` have become too old meanwhile. */
  claim(limit: number, holdMs: number): Promise<{ kept: KeptExport<Item>[]; dropped: number }>;
  /** Makes failed items due now: all of them, or this one. False when there is none, or this one is not kept. */
  hasten(id: string | null): Promise<boolean>;
  /** `failed`: those with a failure behind them; `pending`: all others. */
  counts(): Promise<{ pending: number; failed: number }>;
}
