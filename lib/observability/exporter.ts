import type { Delivery } from "./delivery";
import type { Refusal, Verdict } from "./failure-reason";

/** Why an item did not get to Langfuse: `discarded` when somebody took it back, `replaced` by a newer one with its id. */
export type Failure = Refusal | "discarded" | "replaced";

/** Who hands an item over. */
export interface ExportListener {
  /** Hears of every try. */
  onVerdict(verdict: Verdict): void;
  /** Hears once, at the end, null when Langfuse took the item. */
  onSettled(failure: Failure | null): void;
}

/** Takes items of one kind, runs or scores, to Langfuse. */
export interface Exporter<Item> {
  /** What an item is told apart by, here and where it waits. */
  idOf(item: Item): string;
  /** Takes an item to Langfuse through `delivery`; returns at once. */
  hand(item: Item, delivery: Delivery, listener: ExportListener): void;
  /** Forgets the content of an item that is not handed over yet. */
  discard(id: string): void;
  /** The ids of the items that are on their way. */
  open(): string[];
}
