import type { KeptPayload, Payload } from "@/lib/domain/payload";

/** The payloads of one run may take this much together. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Which payloads of a run are kept: as many as there is room for, the latest of each part. */
export interface PayloadList {
  /** Those of the given ones that are to be kept. */
  add(payloads: readonly Payload[]): Payload[];
  list(): KeptPayload[];
}

export function createPayloadList(): PayloadList {
  const kept = new Map<string, KeptPayload>();
  let total = 0;
  return {
    list: () => [...kept.values()],
    add: (payloads) =>
      payloads.filter(({ span_id, part, value }) => {
        const characters = JSON.stringify(value).length;
        if (total + characters > MOST_CHARACTERS) return false;
        total += characters;
        kept.set(`${span_id} ${part}`, { span_id, part, characters });
        return true;
      }),
  };
}
