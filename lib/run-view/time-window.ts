/** A stretch of a run's time, in ms since its start; `endMs` is always the later one. */
export interface TimeWindow {
  startMs: number;
  endMs: number;
}

/** How far the first view goes beyond the first token, so that its line does not stick to the edge. */
const AFTER_FIRST_TOKEN_MS = 120;
/** A run that is not done yet is drawn on an axis that grows in steps: a sliding one cannot be read. */
const HEADROOM = 1.15;

/** The whole run. */
export function wholeRun(totalMs: number): TimeWindow {
  return { startMs: 0, endMs: Math.max(totalMs, 1) };
}

/** What is shown before anybody chose: up to shortly after the first token, else everything. */
export function defaultWindow(run: { totalMs: number; ttftMs: number | null; running: boolean }): TimeWindow {
  if (run.ttftMs !== null) {
    const endMs = run.ttftMs + AFTER_FIRST_TOKEN_MS;
    return wholeRun(run.running ? endMs : Math.min(endMs, run.totalMs));
  }
  return wholeRun(run.running ? axisEndMs(run.totalMs) : run.totalMs);
}

/** The smallest of 250, 500, 1000, 2000, 5000 … that leaves some room after `elapsedMs`. */
function axisEndMs(elapsedMs: number): number {
  const needed = elapsedMs * HEADROOM;
  if (needed <= 250) return 250;
  const magnitude = 10 ** Math.floor(Math.log10(needed));
  const step = [1, 2, 5, 10].find((factor) => factor * magnitude >= needed) ?? 10;
  return step * magnitude;
}

/** The window between two instants in any order, at least a hundredth of the run wide and inside of it. */
export function windowBetween(aMs: number, bMs: number, totalMs: number): TimeWindow {
  const { endMs: limit } = wholeRun(totalMs);
  const width = Math.max(Math.min(Math.abs(bMs - aMs), limit), limit / 100);
  const startMs = clamp(Math.min(aMs, bMs), 0, limit - width);
  return { startMs, endMs: Math.min(startMs + width, limit) };
}

/** Shifted by `deltaMs` as far as the run goes, its width kept. */
export function moveWindow(window: TimeWindow, deltaMs: number, totalMs: number): TimeWindow {
  const { endMs: limit } = wholeRun(totalMs);
  const width = Math.min(window.endMs - window.startMs, limit);
  const startMs = clamp(window.startMs + deltaMs, 0, limit - width);
  return { startMs, endMs: startMs + width };
}

/** One edge put to `atMs`; it stops short of the other one. */
export function resizeWindow(
  window: TimeWindow,
  edge: "start" | "end",
  atMs: number,
  totalMs: number,
): TimeWindow {
  const { endMs: limit } = wholeRun(totalMs);
  const least = limit / 100;
  if (edge === "start") {
    const endMs = clamp(window.endMs, least, limit);
    return { startMs: clamp(atMs, 0, endMs - least), endMs };
  }
  const startMs = clamp(window.startMs, 0, limit - least);
  return { startMs, endMs: clamp(atMs, startMs + least, limit) };
}

/** Where an instant lies in the window: 0 at its start, 1 at its end, never outside. */
export function fractionOf(window: TimeWindow, ms: number): number {
  return clamp((ms - window.startMs) / (window.endMs - window.startMs), 0, 1);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
