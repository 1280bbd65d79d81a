import { isGivenUp } from "@/lib/domain/trace-link";
import { isWithheld } from "@/lib/domain/withheld";
import type { RunFeed } from "@/lib/run-view/run-feed";

export type BannerKind =
  | "stream"
  | "gone"
  | "redis"
  | "langfuse"
  | "lost"
  | "expired"
  | "imported"
  | "withheld"
  | "dropped"
  | "truncated"
  | "unreadable";

/** One row of notice above the summary. */
export interface Banner {
  kind: BannerKind;
  /** The number in its text. */
  n: number;
  tone: "warn" | "info";
  /** What a reader may do about it: ask once more, or have the trace sent once more. */
  action: "retry" | "resend" | null;
}

interface BannerInput {
  feed: Pick<RunFeed, "record" | "source" | "degraded" | "dropped" | "truncated" | "unreadable">;
  broken: boolean;
  gone: boolean;
}

/** What a reader has to know before trusting the numbers below, the most urgent first. */
export function buildBanners({ feed, broken, gone }: BannerInput): Banner[] {
  const { record, dropped, truncated, unreadable } = feed;
  const lost = isGivenUp(record.trace);
  const banners: (Banner & { holds: boolean })[] = [
    { kind: "stream", n: 0, tone: "warn", action: null, holds: broken },
    { kind: "gone", n: 0, tone: "info", action: null, holds: gone },
    { kind: "redis", n: 0, tone: "warn", action: "retry", holds: feed.degraded },
    {
      kind: "langfuse",
      n: record.spans.length,
      tone: "warn",
      action: "resend",
      holds: record.trace.state === "failed" && !lost,
    },
    { kind: "lost", n: record.spans.length, tone: "warn", action: null, holds: lost },
    { kind: "expired", n: 0, tone: "info", action: null, holds: feed.source === "langfuse" },
    { kind: "imported", n: 0, tone: "info", action: null, holds: feed.source === "import" },
    { kind: "withheld", n: 0, tone: "info", action: null, holds: isWithheld(record.message) },
    { kind: "dropped", n: dropped, tone: "warn", action: null, holds: dropped > 0 },
    { kind: "truncated", n: truncated, tone: "info", action: null, holds: truncated > 0 },
    { kind: "unreadable", n: unreadable, tone: "info", action: null, holds: unreadable > 0 },
  ];
  return banners.filter(({ holds }) => holds).map(({ holds: _holds, ...banner }) => banner);
}
