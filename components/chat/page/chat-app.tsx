"use client";

import { announceChange, useTabSync } from "../data/tab-sync";
import { holdsAnswer, refreshConversation } from "../data/use-conversation";
import { refreshSessions } from "../data/use-sessions";
import { StreamProvider } from "../stream/stream-context";
import { ChatShell } from "./chat-shell";
import { useActiveSession } from "./use-active-session";
import { useDebugUrl } from "./use-debug-url";

/**
 * The chat page. It stays mounted from one conversation to the next, so that an answer goes on being read
 * while another conversation is on screen.
 */
export function ChatApp() {
  const session = useActiveSession();
  const debug = useDebugUrl();
  const onStarted = (sessionId: string, requestId: string) => {
    session.adopt(sessionId);
    // An open panel follows to the answer that is being made now.
    if (debug.inspected !== null && sessionId === session.sessionId) debug.show(requestId);
    void refreshSessions();
    announceChange(sessionId);
  };
  const onEnded = async (sessionId: string, requestId: string | null, drop: () => void) => {
    void refreshSessions();
    announceChange(sessionId);
    const conversation = await refreshConversation(sessionId);
    // One that is not on screen keeps its stream: it is what the mark for a new answer goes by.
    const onScreen = sessionId === session.sessionId;
    if (onScreen && holdsAnswer(conversation, requestId)) drop();
  };
  useTabSync((changedId) => {
    void refreshSessions();
    if (changedId !== null) void refreshConversation(changedId);
  });
  return (
    <StreamProvider onStarted={onStarted} onEnded={(...ended) => void onEnded(...ended)}>
      <ChatShell session={session} />
    </StreamProvider>
  );
}
