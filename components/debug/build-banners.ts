import type { RunFeed } from "@/lib/run-view/run-feed";

export type BannerKind =
  | "stream"
  | "gone"
  | "redis"
  | "langfuse"
  | "expired"
  | "imported"
  | "dropped"
  | "truncated"
  | "unreadable";

/** One row of notice above the summary. */
export interface Banner {
  kind: BannerKind;
  /** The number in its text. */
  n: number;
  tone: "warn" | "info";
  /** Asking once more may help. */
  retry: boolean;
}

interface BannerInput {
  feed: Pick<RunFeed, "record" | "source" | "degraded" | "dropped" | "truncated" | "unreadable">;
  broken: boolean;
  gone: boolean;
}

/** What a reader has to know before trusting the numbers below, the most urgent first. */
export function buildBanners({ feed, broken, gone }: BannerInput): Banner[] {
  const { record, dropped, truncated, unreadable } = feed;
  const banners: (Banner & { holds: boolean })[] = [
    { kind: "stream", n: 0, tone: "warn", retry: false, holds: broken },
    { kind: "gone", n: 0, tone: "info", retry: false, holds: gone },
    { kind: "redis", n: 0, tone: "warn", retry: true, holds: feed.degraded },
    {
      kind: "langfuse",
      n: record.spans.length,
      tone: "warn",
      retry: true,
      holds: record.trace.state === "failed",
    },
    { kind: "expired", n: 0, tone: "info", retry: false, holds: feed.source === "langfuse" },
    { kind: "imported", n: 0, tone: "info", retry: false, holds: feed.source === "import" },
    { kind: "dropped", n: dropped, tone: "warn", retry: false, holds: dropped > 0 },
    { kind: "truncated", n: truncated, tone: "info", retry: false, holds: truncated > 0 },
    { kind: "unreadable", n: unreadable, tone: "info", retry: false, holds: unreadable > 0 },
  ];
  return banners.filter(({ holds }) => holds).map(({ holds: _holds, ...banner }) => banner);
}
