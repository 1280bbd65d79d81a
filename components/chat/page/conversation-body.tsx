"use client";

import { ArrowDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useStableCallback } from "@/components/ui/use-stable-callback";
import type { AgentType } from "@/lib/domain/agent";
import type { TurnModel } from "../answer/build-turns";
import { toQuote } from "../answer/to-quote";
import { Composer, type ComposerProps } from "../composer/composer";
import type { DraftStore } from "../composer/draft-store";
import { KeyHints } from "../composer/key-hints";
import { useAttachments } from "../data/use-attachments";
import type { SourcePanelState } from "../sources/use-source-panel";
import type { Ask } from "../stream/live-turn";
import { useStreamHub } from "../stream/stream-context";
import { EmptyState } from "./empty-state";
import { loadMessageList, prepareAnswer } from "./load-message-list";
import { RecordingNote } from "./recording-note";
import type { DebugPanelState } from "./use-debug-panel";
import { useStickToEnd } from "./use-stick-to-end";
import { useTurnProps } from "./use-turn-props";

const MessageList = dynamic(loadMessageList, { ssr: false });
const SelectionQuote = dynamic(() => import("../answer/selection-quote"), { ssr: false });

interface ConversationBodyProps {
  sessionId: string;
  title: string;
  turns: readonly TurnModel[];
  state: "loading" | "ready" | "missing" | "failed";
  running: boolean;
  stopping: boolean;
  agentType: AgentType;
  onAgentType(agentType: AgentType): void;
  onAsk(message: string, version?: Partial<Pick<Ask, "regenerateOf" | "continueOf">>): void;
  onNewChat(): void;
  composerRef: ComposerProps["fieldRef"];
  autoFocus: boolean;
  /** Whether the server knows the conversation. */
  stored: boolean;
  drafts: DraftStore;
  debug: DebugPanelState;
  sources: SourcePanelState;
  isPrivate: boolean;
}

/** What is below the header: an invitation, or the messages over the composer. */
export function ConversationBody(props: ConversationBodyProps) {
  const { sessionId, turns, state, running, onAsk, drafts, debug } = props;
  const hub = useStreamHub();
  const attachments = useAttachments(sessionId, props.stored);
  const place = { sessionId, stored: props.stored };
  const composer = (first: boolean) => (
    <Composer
      first={first}
      running={running}
      stopping={props.stopping}
      agentType={props.agentType}
      onAgentType={props.onAgentType}
      onSend={onAsk}
      onStop={() => hub.stop(sessionId)}
      drafts={drafts}
      place={place}
      attachments={attachments}
      questions={turns.map(({ question }) => question)}
      fieldRef={props.composerRef}
      autoFocus={props.autoFocus}
    />
  );
  if (state === "missing" && turns.length === 0) return <MissingChat onNewChat={props.onNewChat} />;
  if (turns.length > 0) return <Messages {...props} composer={composer(false)} />;
  if (state !== "ready") return <Pending state={state} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: loads ahead while something in it has the focus */}
      <div className="min-h-0 flex-1 overflow-auto" onFocus={prepareAnswer}>
        <EmptyState onAsk={onAsk}>{composer(true)}</EmptyState>
      </div>
      <div className="flex-none px-6 pb-2.5">
        <RecordingNote isPrivate={props.isPrivate} />
        <KeyHints debug={debug.allowed} className="mt-2" />
      </div>
    </>
  );
}

function Messages(props: ConversationBodyProps & { composer: ReactNode }) {
  const { turns, debug } = props;
  const t = useTranslations("chat");
  const scroller = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useStickToEnd(scroller, turns.length);
  const { sessionId, drafts, composerRef, stored } = props;
  const quote = useStableCallback((text: string) => {
    const place = { sessionId, stored };
    drafts.set(place, toQuote(text) + drafts.get(place));
    composerRef.current?.focus();
  });
  const shared = useTurnProps({ ...props, onQuote: quote });
  return (
    <>
      <div ref={scroller} data-messages className="min-h-0 flex-1 overflow-auto">
        {/* There to be measured before the list has come. */}
        <div>
          <MessageList {...shared} title={props.title} turns={turns} />
        </div>
      </div>
      <SelectionQuote area={scroller} onQuote={quote} />
      <div className="relative mx-auto w-full max-w-[760px] flex-none px-6 pb-2.5 @max-[460px]/chat:px-3 @max-[460px]/chat:pb-3">
        {atEnd ? null : (
          <IconButton
            icon={ArrowDown}
            label={t("scrollToEnd")}
            side="top"
            onClick={toEnd}
            className="-top-10 -translate-x-1/2 absolute left-1/2 border border-line2 bg-bg0! shadow-control hover:bg-bg2!"
          />
        )}
        {props.composer}
        <RecordingNote isPrivate={props.isPrivate} />
        <KeyHints debug={debug.allowed} className="mt-2" />
      </div>
    </>
  );
}

function MissingChat({ onNewChat }: { onNewChat(): void }) {
  const t = useTranslations();
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-1 p-6 text-center">
      <h1 className="font-semibold text-dense">{t("chat.missing.title")}</h1>
      <p className="mb-3 text-fg1">{t("chat.missing.text")}</p>
      <Button variant="primary" onClick={onNewChat}>
        {t("nav.newChat")}
      </Button>
    </div>
  );
}

function Pending({ state }: { state: ConversationBodyProps["state"] }) {
  const t = useTranslations("common");
  return (
    <div
      className="grid flex-1 place-content-center p-6 text-fg2"
      role={state === "failed" ? "alert" : "status"}
    >
      {state === "failed" ? t("notLoaded") : <span className="sr-only">{t("loading")}</span>}
    </div>
  );
}
