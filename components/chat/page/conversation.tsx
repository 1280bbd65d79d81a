"use client";

import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import type { AgentType } from "@/lib/domain/agent";
import { buildTurns, requestIdsOf, type TurnModel } from "../answer/build-turns";
import { useConversation } from "../data/use-conversation";
import { useMe } from "../data/use-me";
import { isRunning } from "../stream/live-turn";
import { useLiveTurn, useStreamHub } from "../stream/stream-context";
import { Announcer } from "./announcer";
import { ChatHeader } from "./chat-header";
import { ConversationBody } from "./conversation-body";
import { DebugSlot } from "./debug-slot";
import { AUTO_KB } from "./kb-picker";
import { ResizeHandle } from "./resize-handle";
import { type DebugPanelState, useDebugPanel } from "./use-debug-panel";
import type { Drafts } from "./use-drafts";
import { useKeptFocus } from "./use-kept-focus";
import { useShortcuts } from "./use-shortcuts";

export interface ConversationProps {
  sessionId: string;
  /** Whether the server knows it. */
  stored: boolean;
  navHidden: boolean;
  onShowNav(): void;
  onNewChat(): void;
  composerRef: RefObject<HTMLTextAreaElement | null>;
  /** Puts the focus into the composer when the conversation comes up. */
  autoFocus: boolean;
  drafts: Drafts;
}

/** One conversation: header, messages, composer, and the debug panel beside them. */
export function Conversation(props: ConversationProps) {
  const { sessionId, stored } = props;
  const t = useTranslations();
  const hub = useStreamHub();
  const live = useLiveTurn(sessionId);
  const { conversation, isLoading, missing, failed } = useConversation(sessionId, {
    stored,
    onRunning: (requestId) => hub.resume(sessionId, requestId),
  });
  const [kbPrefix, setKbPrefix] = useState(AUTO_KB);
  const [agentType, setAgentType] = useState<AgentType>("auto");
  const turns = buildTurns(conversation, live);
  const requestIds = requestIdsOf(turns);
  const isDeveloper = useMe()?.roles.includes("debug") === true;
  const debug = useDebugPanel(requestIds, isDeveloper);
  const last = turns.at(-1)?.versions.at(-1) ?? null;
  useShortcuts((shortcut) => {
    const act = shortcutAction(shortcut, debug, isRunning(live) ? () => hub.stop(sessionId) : null);
    act?.();
    return act !== null;
  });
  const ask = (message: string, regenerateOf: string | null) =>
    hub.ask({ sessionId, message, kbPrefix, agentType, regenerateOf });
  const main = useRef<HTMLElement>(null);
  useKeptFocus(main, props.composerRef);
  const title = conversation?.title || turns[0]?.question || t("nav.newChat");
  return (
    <>
      <title>{`${title} · ${t("common.app")}`}</title>
      <main
        ref={main}
        id="conversation"
        tabIndex={-1}
        aria-label={t("chat.label")}
        inert={debug.covers}
        className="@container/chat relative z-1 flex min-w-0 flex-1 flex-col outline-none md:min-w-100"
      >
        <ChatHeader
          kbPrefix={kbPrefix}
          resolvedKb={resolvedKb(turns)}
          onKbPrefix={setKbPrefix}
          onShowNav={props.onShowNav}
          navHidden={props.navHidden}
          debug={
            isDeveloper ? { open: debug.open || debug.inspectedId !== null, toggle: debug.toggle } : null
          }
        />
        <ConversationBody
          {...props}
          title={title}
          turns={turns}
          state={
            missing ? "missing" : failed && turns.length === 0 ? "failed" : isLoading ? "loading" : "ready"
          }
          running={isRunning(live)}
          stopping={live?.stopping === true}
          agentType={agentType}
          onAgentType={setAgentType}
          onAsk={ask}
          debug={debug}
        />
        {last ? <Announcer answer={last} /> : null}
        {debug.open && debug.mode === "docked" ? <ResizeHandle /> : null}
      </main>
      {debug.open ? <DebugSlot panel={debug} requestIds={requestIds} /> : null}
    </>
  );
}

/** Where the last question went. */
function resolvedKb(turns: readonly TurnModel[]): string | null {
  return turns.at(-1)?.versions.at(-1)?.progress?.kbPrefix ?? null;
}

/** Escape stops the answer that is being made, else closes the panel; inside of the panel it is the panel's. */
function shortcutAction(
  shortcut: string,
  debug: DebugPanelState,
  stop: (() => void) | null,
): (() => void) | null {
  if (shortcut === "debug") return debug.allowed ? debug.toggle : null;
  if (shortcut !== "escape") return null;
  const inPanel = document.activeElement?.closest("[data-debug-panel]") != null;
  return (inPanel ? null : stop) ?? (debug.open ? debug.close : null);
}
