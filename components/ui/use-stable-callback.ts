import { useCallback, useLayoutEffect, useRef } from "react";

/** The same function from the first render to the last, which calls what was given last; for event handlers only. */
export function useStableCallback<Args extends unknown[], Result>(
  call: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(call);
  useLayoutEffect(() => {
    latest.current = call;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
