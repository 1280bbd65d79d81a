"use client";

import { useState } from "react";
import { type DeletedSession, useUndoableDelete } from "../nav/use-undoable-delete";
import { useStreamHub } from "../stream/stream-context";
import type { ActiveSession } from "./use-active-session";

/** What a person can do with conversations from anywhere in the page. */
export function useChatActions(session: ActiveSession) {
  const hub = useStreamHub();
  const { deleted, remove, hold, letGo, undo } = useUndoableDelete();
  const [focusedId, setFocused] = useState<string | null>(null);
  const startNew = () => {
    const next = session.startNew();
    // A keyboard that slides over half of a phone is not wanted before it is asked for.
    if (!window.matchMedia("(pointer: coarse)").matches) setFocused(next);
  };
  return {
    /** The conversation whose composer takes the focus. */
    focusedId,
    /** Deleted, and to be had back for a few seconds. */
    deleted,
    startNew,
    open(sessionId: string) {
      // Its new answer is seen now.
      hub.drop(sessionId);
      session.open(sessionId);
    },
    /** The same for who comes from a dialog, which has no place in the page to go back to. */
    openAndFocus(sessionId: string) {
      hub.drop(sessionId);
      session.open(sessionId);
      if (!window.matchMedia("(pointer: coarse)").matches) setFocused(sessionId);
    },
    remove(gone: DeletedSession) {
      remove(gone);
      if (gone.session_id === session.sessionId) startNew();
    },
    hold,
    letGo,
    undoRemove() {
      if (deleted) {
        session.open(deleted.session_id);
        setFocused(deleted.session_id);
      }
      undo();
    },
  };
}
