/** The server says something every 15 s; after this long the connection is dead, whatever the browser thinks. */
const SILENCE_MS = 40_000;
const CHECK_MS = 2_000;

/**
 * Calls `onSilence` when nothing was heard for 40 s by the clock on the wall: a laptop that was closed finds
 * out as it wakes up.
 */
export function watchSilence(onSilence: () => void, now: () => number) {
  let last = now();
  const timer = setInterval(() => {
    if (now() - last >= SILENCE_MS) onSilence();
  }, CHECK_MS);
  return {
    heard() {
      last = now();
    },
    close: () => clearInterval(timer),
  };
}
