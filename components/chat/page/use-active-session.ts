"use client";

import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { v4 as uuid } from "uuid";

const CONVERSATION_PATH = /^\/c\/([0-9a-f-]{36})$/;

export interface ActiveSession {
  sessionId: string;
  /** Whether the server knows the conversation: it does from its first question on. */
  stored: boolean;
  /** Begins another one; returns its id. */
  startNew(): string;
  open(sessionId: string): void;
  /** Gives the new conversation its address, without a navigation, once it has begun on the server. */
  adopt(sessionId: string): void;
}

/** The conversation that the address names; on `/` one that does not exist yet, under an id of its own. */
export function useActiveSession(): ActiveSession {
  const router = useRouter();
  const named = CONVERSATION_PATH.exec(usePathname())?.[1] ?? null;
  const [draftId, setDraftId] = useState(() => uuid());
  // The draft has become a conversation: the next visit of `/` begins another one.
  if (named === draftId) setDraftId(uuid());
  return {
    sessionId: named ?? draftId,
    stored: named !== null,
    startNew() {
      const next = uuid();
      setDraftId(next);
      if (named !== null) router.push(`/${openPanel()}`);
      return next;
    },
    open: (sessionId) => router.push(`/c/${sessionId}${openPanel()}`),
    adopt(sessionId) {
      if (named !== null || sessionId !== draftId) return;
      window.history.replaceState(null, "", `/c/${sessionId}${window.location.search}`);
    },
  };
}

/** An open debug panel stays open from one conversation to the next. */
function openPanel(): string {
  return new URLSearchParams(window.location.search).has("debug") ? "?debug=" : "";
}
