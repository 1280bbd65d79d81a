"use client";

import { useEffect, useRef, useState } from "react";
import { deleteSession, refreshSessions } from "../data/use-sessions";

const UNDO_MS = 10_000;

export interface DeletedSession {
  session_id: string;
  title: string;
}

/**
 * Deletes a conversation after the few seconds in which that can be undone, which do not pass while somebody is
 * about to; at once when the page is left or another one is deleted.
 */
export function useUndoableDelete() {
  const [deleted, setDeleted] = useState<DeletedSession | null>(null);
  const pending = useRef<{ sessionId: string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const flush = () => {
    const due = pending.current;
    pending.current = null;
    if (!due) return;
    clearTimeout(due.timer);
    const forget = () => setDeleted((current) => (current?.session_id === due.sessionId ? null : current));
    void deleteSession(due.sessionId)
      .catch(() => undefined)
      .then(refreshSessions)
      .finally(forget);
  };
  const startTimer = () => setTimeout(() => flushOnLeave.current(), UNDO_MS);
  const flushOnLeave = useRef(flush);
  useEffect(() => {
    flushOnLeave.current = flush;
  });
  useEffect(() => {
    const leave = () => flushOnLeave.current();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  return {
    deleted,
    remove(session: DeletedSession) {
      flush();
      setDeleted(session);
      pending.current = { sessionId: session.session_id, timer: startTimer() };
    },
    hold() {
      clearTimeout(pending.current?.timer);
    },
    letGo() {
      if (!pending.current) return;
      clearTimeout(pending.current.timer);
      pending.current.timer = startTimer();
    },
    undo() {
      clearTimeout(pending.current?.timer);
      pending.current = null;
      setDeleted(null);
    },
  };
}
