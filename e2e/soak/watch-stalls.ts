import { createClient } from "../support/ask";

const LAG = /^nodejs_eventloop_lag_max_seconds (\S+)$/m;
const LOOK_MS = 5000;

/** Asks an app every few seconds for how long its event loop stood still at most since the last look. */
export function watchStalls(url: string) {
  const admin = createClient(url, "admin");
  let longestSeconds = 0;
  async function look(): Promise<void> {
    const text = await (await admin.fetch("/api/metrics")).text();
    longestSeconds = Math.max(longestSeconds, Number(LAG.exec(text)?.[1] ?? 0));
  }
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  return { longestMs: () => Math.round(longestSeconds * 1000), stop: () => clearInterval(timer) };
}
