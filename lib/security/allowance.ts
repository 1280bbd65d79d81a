import type { LimitName } from "@/lib/domain/limit-name";
import type { CallCost } from "@/lib/domain/usage";
import { AppError } from "@/lib/errors";
import { digestOfUser } from "./digest-of-user";
import { ADDRESS_FACTOR } from "./rate-limit";

/** Dollars are counted in millionths. */
const MICRO = 1_000_000;
const MEGABYTE = 1024 * 1024;

/** What may be used in a day (UTC). 0 is no limit. */
export interface DayLimits {
  /** Of a browser; an address may use ten times as many. */
  tokens: number;
  /** Of everybody together. */
  spendUsd: number;
  /** Files of conversations, of a browser; an address may use ten times as many. */
  uploads: number;
  uploadMegabytes: number;
}

/** Who uses something. */
export interface User {
  /** Null for a browser that has no id yet. */
  browserId: string | null;
  address: string;
}

export interface Allowance {
  /** Throws `rate_limited` when a day's tokens or money are used up. */
  requireAnswer(user: User): Promise<void>;
  /** Throws `rate_limited` when a day's uploads are used up. */
  requireUpload(user: User): Promise<void>;
  chargeCall(user: User, call: CallCost): void;
  chargeUpload(user: User, bytes: number): void;
}

/** Sums of the running day. */
interface Counter {
  add(key: string, amount: number): void;
  sum(key: string): Promise<number>;
  msLeft(): number;
}

const SENTENCES = {
  tokens_per_day: "What this browser may use of the model in a day is used up.",
  spend_per_day: "What may be spent on answers in a day is used up.",
  uploads_per_day: "As many files as a browser may add in a day were added.",
  upload_mb_per_day: "The files of this browser have as many megabytes as may be added in a day.",
} as const satisfies Partial<Record<LimitName, string>>;
type Limit = keyof typeof SENTENCES;

/** What people may use in a day, over all processes; the answer that goes over a limit is still written. */
export function createAllowance(limits: DayLimits, counter: Counter): Allowance {
  async function requireLeft(limit: Limit, keys: readonly Share[], most: number): Promise<void> {
    if (most === 0) return;
    for (const { key, factor } of keys) {
      if ((await counter.sum(key)) >= most * factor) throw usedUp(limit, counter.msLeft());
    }
  }
  const charge = (keys: readonly Share[], amount: number, most: number) => {
    if (most > 0) for (const { key } of keys) counter.add(key, Math.ceil(amount));
  };

  return {
    async requireAnswer(user) {
      await requireLeft("spend_per_day", EVERYBODY, limits.spendUsd * MICRO);
      await requireLeft("tokens_per_day", sharesOf("tokens", user), limits.tokens);
    },
    async requireUpload(user) {
      await requireLeft("uploads_per_day", sharesOf("uploads", user), limits.uploads);
      await requireLeft("upload_mb_per_day", sharesOf("bytes", user), limits.uploadMegabytes * MEGABYTE);
    },
    chargeCall(user, { usage, cost_usd }) {
      charge(EVERYBODY, (cost_usd ?? 0) * MICRO, limits.spendUsd);
      charge(sharesOf("tokens", user), usage?.total_tokens ?? 0, limits.tokens);
    },
    chargeUpload(user, bytes) {
      charge(sharesOf("uploads", user), 1, limits.uploads);
      charge(sharesOf("bytes", user), bytes, limits.uploadMegabytes);
    },
  };
}

/** A sum, and how many times the limit it may reach. */
interface Share {
  key: string;
  factor: number;
}

const EVERYBODY: readonly Share[] = [{ key: "spend", factor: 1 }];

function sharesOf(what: string, { browserId, address }: User): Share[] {
  const ofAddress = { key: `${what}:address:${digestOfUser(address)}`, factor: ADDRESS_FACTOR };
  return browserId === null
    ? [ofAddress]
    : [{ key: `${what}:browser:${digestOfUser(browserId)}`, factor: 1 }, ofAddress];
}

function usedUp(limit: Limit, msLeft: number): AppError {
  const hours = Math.ceil(msLeft / 3_600_000);
  const message = `${SENTENCES[limit]} Try again in ${hours} h.`;
  return new AppError("rate_limited", message, {
    issues: [{ path: limit, message }],
    retryAfterSeconds: Math.max(1, Math.ceil(msLeft / 1000)),
  });
}
