import type { LimitName } from "@/lib/domain/limit-name";
import { AppError } from "@/lib/errors";

/** An answer takes some seconds. */
const RETRY_SECONDS = 5;

/** How many answers this process makes at once. 0 is no limit. */
export interface StreamLimits {
  perBrowser: number;
  all: number;
}

/** Places for answers that are being made. */
export interface StreamSlots {
  /** Takes a place; call what it returns when the answer has ended. Throws `rate_limited` when there is none. */
  take(browserId: string): () => void;
}

export function createStreamSlots({ perBrowser, all }: StreamLimits): StreamSlots {
  const taken = new Map<string, number>();
  let total = 0;
  return {
    take(browserId) {
      const own = taken.get(browserId) ?? 0;
      if (perBrowser > 0 && own >= perBrowser) throw tooMany("streams_per_browser");
      if (all > 0 && total >= all) throw tooMany("streams_max");
      taken.set(browserId, own + 1);
      total += 1;
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        total -= 1;
        const left = (taken.get(browserId) ?? 1) - 1;
        if (left === 0) taken.delete(browserId);
        else taken.set(browserId, left);
      };
    },
  };
}

const SENTENCES = {
  streams_per_browser:
    "As many answers as a browser may have at once are being written. Wait for one, or stop it.",
  streams_max: "The server is writing as many answers as it can. Try again in a few seconds.",
} as const satisfies Partial<Record<LimitName, string>>;

function tooMany(limit: keyof typeof SENTENCES): AppError {
  const message = SENTENCES[limit];
  return new AppError("rate_limited", message, {
    issues: [{ path: limit, message }],
    retryAfterSeconds: RETRY_SECONDS,
  });
}
