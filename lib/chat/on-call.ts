import type { CallCost } from "@/lib/domain/usage";

/** Told of every call of a model that is made for an answer; undefined where nobody counts. */
export type OnCall = ((call: CallCost) => void) | undefined;
