"use client";

import { parseAsString, useQueryStates } from "nuqs";

const PARAMETERS = {
  debug: parseAsString,
  tab: parseAsString,
  span: parseAsString,
  compare: parseAsString,
  /** The list of all requests instead of one. */
  view: parseAsString,
};

/**
 * The debug panel's part of the address. `inspected` is null while the panel is closed and empty while it
 * is open on whatever comes last. Opening from an answer makes a step that Back undoes; the rest does not.
 */
export function useDebugUrl() {
  const [{ debug }, set] = useQueryStates(PARAMETERS);
  return {
    inspected: debug,
    openFrom: (requestId: string, tab?: string) =>
      void set(
        { debug: requestId, span: null, view: null, ...(tab === undefined ? {} : { tab }) },
        { history: debug === null ? "push" : "replace" },
      ),
    show: (requestId: string) => void set({ debug: requestId, span: null }),
    restore: (search: string) => {
      const query = new URLSearchParams(search);
      void set({
        debug: query.get("debug"),
        tab: query.get("tab"),
        span: query.get("span"),
        compare: query.get("compare"),
        view: query.get("view"),
      });
    },
    close: () => void set({ debug: null, tab: null, span: null, compare: null, view: null }),
  };
}
