import { useReducer } from "react";

/**
 * A state of the panel that outlives its tab: it is still there when the reader comes back to the tab or to
 * the request, as long as the page is. `memory` is one object for each kind of state, outside of any component.
 */
export function useKept<T>(memory: Map<string, T>, key: string, initial: T): [T, (next: T) => void] {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const keep = (next: T) => {
    memory.set(key, next);
    redraw();
  };
  return [memory.get(key) ?? initial, keep];
}
