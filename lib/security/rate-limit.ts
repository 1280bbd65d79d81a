import { AppError } from "@/lib/errors";
import { digestOfUser } from "./digest-of-user";

/** How many times a browser's limit one address may use: several people share an address. */
export const ADDRESS_FACTOR = 10;

/** Takes one request of a key; answers with the milliseconds to wait when there was none left, else with null. */
interface Limiter {
  take(key: string): Promise<number | null>;
}
type OpenLimiter = (options: { name: string; requests: number; seconds: number }) => Limiter;

export interface RateLimit {
  /** Takes one request of a browser and an address; throws `rate_limited` with the seconds to wait. */
  take(browserId: string | null, address: string): Promise<void>;
}

/** Requests a minute per browser and, ten times that, per address. 0 is no limit. */
export function createRateLimit(perMinute: number, open: OpenLimiter): RateLimit {
  if (perMinute === 0) return { take: async () => undefined };
  const browsers = open({ name: "browser", requests: perMinute, seconds: 60 });
  const addresses = open({ name: "address", requests: perMinute * ADDRESS_FACTOR, seconds: 60 });
  return {
    async take(browserId, address) {
      refuse(await addresses.take(digestOfUser(address)));
      if (browserId) refuse(await browsers.take(digestOfUser(browserId)));
    },
  };
}

function refuse(waitMs: number | null): void {
  if (waitMs === null) return;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  throw new AppError("rate_limited", `Too many requests. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  });
}
