/** What stands for a value that is not known; never 0. */
export const UNKNOWN = "–";

// Made when first used: that takes a phone as long as a frame or two, and most pages show no figure at first.
let grouped: Intl.NumberFormat | null = null;
let tinyCost: Intl.NumberFormat | null = null;

/** Below a second in whole ms ("640 ms"), from then on in seconds with two decimals ("3.21 s"). */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return UNKNOWN;
  if (ms > 0 && ms < 0.5) return "<1 ms";
  const whole = Math.round(ms);
  return whole < 1000 ? `${whole} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** Time since the run's start, as the timeline says it: "+135 ms"; the first span begins at "+0 ms". */
export function formatOffset(ms: number): string {
  return `+${formatDuration(ms < 0.5 ? 0 : ms)}`;
}

/** Time since the run's start in a column of its own width: "+0.293" (seconds). */
export function formatLogOffset(ms: number): string {
  return `+${(ms / 1000).toFixed(3)}`;
}

/** A count with thousands separators, the same in every language of the page. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined) return UNKNOWN;
  grouped ??= new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  return grouped.format(count);
}

/** US dollars with four decimals, below $0.0001 with two significant digits. */
export function formatCost(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return UNKNOWN;
  if (usd === 0 || Math.abs(usd) >= 0.0001) return `$${usd.toFixed(4)}`;
  tinyCost ??= new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: "USD",
    maximumSignificantDigits: 2,
  });
  return tinyCost.format(usd);
}

/** A fused score: four decimals, because reciprocal ranks differ in the third; what is less is not said to be 0. */
export function formatFused(score: number): string {
  return score > 0 && score < 0.0001 ? "<0.0001" : score.toFixed(4);
}

/** A relevance or a confidence in [0, 1]: two decimals. */
export function formatRelevance(relevance: number | null): string {
  return relevance === null ? UNKNOWN : relevance.toFixed(2);
}

/** Tokens a second over `ms`; null when there is no time to divide by. */
export function tokensPerSecond(tokens: number, ms: number): number | null {
  return ms > 0 ? Math.round((tokens * 1000) / ms) : null;
}

/** The size of a text of this many characters, roughly: "312 KB". */
export function formatSize(characters: number): string {
  const kilobytes = characters / 1024;
  return kilobytes < 1024
    ? `${Math.max(1, Math.round(kilobytes))} KB`
    : `${(kilobytes / 1024).toFixed(1)} MB`;
}
