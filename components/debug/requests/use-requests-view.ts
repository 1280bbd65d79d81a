"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { NO_FILTER, type RequestFilter } from "./request-filter";

export interface RequestsViewState {
  /** The list is shown instead of a request; the address says so. */
  open: boolean;
  show(): void;
  hide(): void;
  filter: RequestFilter;
  setFilter(filter: RequestFilter): void;
  activeId: string | null;
  setActiveId(id: string | null): void;
}

/** The list as it was left: who comes back from a request finds filter and row again. */
export function useRequestsView(): RequestsViewState {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(["requests"]));
  const [filter, setFilter] = useState(NO_FILTER);
  const [activeId, setActiveId] = useState<string | null>(null);
  return {
    open: view === "requests",
    show: () => void setView("requests"),
    hide: () => void setView(null),
    filter,
    setFilter,
    activeId,
    setActiveId,
  };
}
