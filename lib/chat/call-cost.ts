import type { Generation } from "@/lib/domain/run-record";

/** What a call of a model took; null is unknown. */
export type CallCost = Pick<Generation, "usage" | "cost_usd">;

/** Told of every call of a model that is made for an answer; undefined where nobody counts. */
export type OnCall = ((call: CallCost) => void) | undefined;
