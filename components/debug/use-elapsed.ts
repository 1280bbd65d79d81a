import { useEffect, useState } from "react";
import { elapsedMs, type RunFeed } from "@/lib/run-view/run-feed";

/** A new picture ten times a second is smooth enough for bars, and leaves the processor to the answer. */
const STEP_MS = 100;

/** How long the run has been going on, in ms; ticks while it runs and is followed, and stands still after. */
export function useElapsed(feed: RunFeed, followed: boolean): number {
  const [now, setNow] = useState(feed.learntAt);
  const running = followed && feed.record.status === "running";
  useEffect(() => {
    if (!running) return;
    let frame = requestAnimationFrame(function tick(at) {
      setNow((before) => (at - before < STEP_MS ? before : at));
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [running]);
  return elapsedMs(feed, Math.max(now, feed.learntAt));
}
