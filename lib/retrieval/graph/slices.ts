import { setImmediate } from "node:timers/promises";

/** A long computation that says where it may pause. */
export type Sliced<T> = Generator<void, T, void>;

/** Steps of a loop between two places where it may pause. */
const STEPS_PER_SLICE = 8192;
/** Other work waits no longer than about this for a pause. */
const SLICE_MS = 5;

/** Runs a computation to its end and lets other work run between its slices. */
export async function runInSlices<T>(work: Sliced<T>): Promise<T> {
  let start = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - start < SLICE_MS) continue;
    await setImmediate();
    start = performance.now();
  }
}

/** Does something for each number from 0 to below `count`. */
export function* forEachBelow(count: number, each: (at: number) => void): Sliced<void> {
  for (let at = 0; at < count; ) {
    for (const end = Math.min(count, at + STEPS_PER_SLICE); at < end; at += 1) each(at);
    yield;
  }
}
