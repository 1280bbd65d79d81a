import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "@/lib/errors";

/** How many times a browser's limit one address may use: several people share an address. */
const ADDRESS_FACTOR = 10;

export interface RateLimit {
  /** Takes one request of a browser and an address; throws `rate_limited` with the seconds to wait. */
  take(browserId: string | null, address: string): Promise<void>;
}

/** Requests a minute per browser and, ten times that, per address. 0 is no limit. */
export function createRateLimit(perMinute: number): RateLimit {
  if (perMinute === 0) return { take: async () => undefined };
  const browsers = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const addresses = new RateLimiterMemory({ points: perMinute * ADDRESS_FACTOR, duration: 60 });
  return {
    async take(browserId, address) {
      await consume(addresses, address);
      if (browserId) await consume(browsers, browserId);
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new AppError("rate_limited", `Too many requests. Try again in ${seconds} s.`, {
      retryAfterSeconds: seconds,
    });
  }
}
