/** Bounds each wait of one call, and carries the caller's abort, in one signal. */
export interface TimeLimit {
  /** Aborts when the caller aborts or a wait is over. */
  readonly signal: AbortSignal;
  /** The configured length of a wait. */
  readonly ms: number;
  /** True once a wait was over. */
  readonly expired: boolean;
  /** Begins a wait of `ms`, or of the configured length; one that was running is forgotten. */
  restart(ms?: number): void;
  /** Ends the wait: the reader's own time does not count. */
  pause(): void;
  /** Ends everything: whoever still listens to the signal stops. */
  stop(): void;
}

/** Starts the first wait at once. */
export function startTimeLimit(limitMs: number, caller: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let expired = false;

  const abort = () => controller.abort(caller.reason);
  const pause = () => clearTimeout(timer);
  const restart = (ms = limitMs) => {
    pause();
    timer = setTimeout(() => {
      expired = true;
      controller.abort(new Error("time limit"));
    }, ms);
  };

  caller.addEventListener("abort", abort, { once: true });
  if (caller.aborted) abort();
  else restart();

  return {
    signal: controller.signal,
    ms: limitMs,
    get expired() {
      return expired;
    },
    restart,
    pause,
    stop() {
      pause();
      caller.removeEventListener("abort", abort);
      controller.abort();
    },
  };
}
