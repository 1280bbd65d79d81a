"use client";

import { useMemo, useSyncExternalStore } from "react";
import { createDraftStore, type DraftPlace, type DraftStore } from "./draft-store";

/** The drafts of this page; kept by the browser. */
export function useDrafts(): DraftStore {
  return useMemo(() => createDraftStore(storageOf(), Date.now), []);
}

/** The draft of one conversation, and how to write it. */
export function useDraft(drafts: DraftStore, place: DraftPlace): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.get(place),
    () => "",
  );
  return [text, (next) => drafts.set(place, next)];
}

/** Reading it may be forbidden; there is none on the server. */
function storageOf(): Storage | null {
  try {
    return typeof window === "undefined" ? null : window.localStorage;
  } catch {
    return null;
  }
}
