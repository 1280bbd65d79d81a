"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type RefObject, useRef, useState } from "react";
import type { AgentType } from "@/lib/domain/agent";
import { buildTurns, requestIdsOf, type TurnModel } from "../answer/build-turns";
import type { DraftStore } from "../composer/draft-store";
import { useConversation } from "../data/use-conversation";
import { useMe } from "../data/use-me";
import { type SourcePanelState, useSourcePanel } from "../sources/use-source-panel";
import { type Ask, isRunning } from "../stream/live-turn";
import { useLiveTurn, useStreamHub } from "../stream/stream-context";
import { Announcer } from "./announcer";
import { ChatHeader } from "./chat-header";
import { ConversationBody } from "./conversation-body";
import { DebugSlot } from "./debug-slot";
import { AUTO_KB } from "./kb-picker";
import { type DebugPanelState, useDebugPanel } from "./use-debug-panel";
import { useKeptFocus } from "./use-kept-focus";
import { useShortcuts } from "./use-shortcuts";

// Its document view and comparison come when the first source is opened.
const SourceSlot = dynamic(() => import("../sources/source-slot"), { ssr: false });
const ResizeHandle = dynamic(() => import("./resize-handle"), { ssr: false });

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
  drafts: DraftStore;
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
  const [wantsPrivate, setPrivate] = useState(false);
  const isPrivate = conversation?.private ?? wantsPrivate;
  const turns = buildTurns(conversation, live);
  const requestIds = requestIdsOf(turns);
  const isDeveloper = useMe()?.roles.includes("debug") === true;
  // Of a private conversation there is nothing to show.
  const mayInspect = isDeveloper && !isPrivate;
  const debug = useDebugPanel(requestIds, mayInspect);
  const sources = useSourcePanel(turns, debug.open);
  const last = turns.at(-1)?.versions.at(-1) ?? null;
  useShortcuts((shortcut) => {
    const act = shortcutAction(shortcut, {
      debug,
      sources,
      stop: isRunning(live) ? () => hub.stop(sessionId) : null,
    });
    act?.();
    return act !== null;
  });
  const ask = (message: string, version: Partial<Pick<Ask, "regenerateOf" | "continueOf">> = {}) =>
    hub.ask({
      sessionId,
      message,
      kbPrefix,
      agentType,
      regenerateOf: null,
      continueOf: null,
      private: isPrivate,
      known: requestIds,
      ...version,
    });
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
        inert={debug.covers || sources.covers}
        className="@container/chat relative z-1 flex min-w-0 flex-1 flex-col outline-none md:min-w-100"
      >
        <ChatHeader
          kbPrefix={kbPrefix}
          resolvedKb={resolvedKb(turns)}
          onKbPrefix={setKbPrefix}
          onShowNav={props.onShowNav}
          navHidden={props.navHidden}
          privacy={{ on: isPrivate, set: turns.length === 0 && !isLoading ? setPrivate : null }}
          debug={
            mayInspect
              ? { open: debug.open || debug.inspectedId !== null, toggle: () => toggleDebug(debug, sources) }
              : null
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
          sources={sources}
          isPrivate={isPrivate}
        />
        {last ? <Announcer answer={last} /> : null}
        {debug.open && debug.mode === "docked" && !sources.shown ? <ResizeHandle /> : null}
      </main>
      {sources.shown && !debug.covers ? (
        <SourceSlot
          shown={sources.shown}
          mode={sources.mode}
          onStep={sources.step}
          onClose={sources.close}
          onInspect={debug.allowed ? () => inspectSource(debug, sources) : null}
        />
      ) : null}
      {debug.open ? <DebugSlot panel={debug} requestIds={requestIds} yields={sources.replacesDebug} /> : null}
    </>
  );
}

/** Where the last question went. */
function resolvedKb(turns: readonly TurnModel[]): string | null {
  return turns.at(-1)?.versions.at(-1)?.progress?.kbPrefix ?? null;
}

/** A source that took the debug panel's place gives it back; else the panel opens or closes. */
function toggleDebug(debug: DebugPanelState, sources: SourcePanelState): void {
  if (!sources.makeRoom()) debug.toggle();
}

function inspectSource(debug: DebugPanelState, sources: SourcePanelState): void {
  if (!sources.shown) return;
  const { requestId, source } = sources.shown;
  sources.makeRoom();
  debug.inspectPassage(requestId, source.passage_id);
}

interface Panels {
  debug: DebugPanelState;
  sources: SourcePanelState;
  /** null while no answer is being made. */
  stop: (() => void) | null;
}

/** Escape stops the answer that is being made, else closes a panel; inside of the debug panel it is the panel's. */
function shortcutAction(shortcut: string, { debug, sources, stop }: Panels): (() => void) | null {
  if (shortcut === "debug") return debug.allowed ? () => toggleDebug(debug, sources) : null;
  if (shortcut !== "escape") return null;
  const inPanel = document.activeElement?.closest("[data-debug-panel]") != null;
  if (stop && !inPanel) return stop;
  if (sources.shown) return sources.close;
  return debug.open ? debug.close : null;
}
