"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { cn } from "@/components/ui/cn";
import type { AgentType } from "@/lib/domain/agent";
import { loadMarkdown } from "../answer/load-markdown";
import { isComposing } from "../is-composing";
import { AgentPicker } from "./agent-picker";
import { ComposerNotice, MAX_CHARACTERS } from "./composer-notice";
import { SendButton } from "./send-button";
import { useAutoHeight } from "./use-auto-height";
import { useOnline } from "./use-online";

export interface ComposerProps {
  /** The first question of a conversation gets more room and another placeholder. */
  first: boolean;
  running: boolean;
  stopping: boolean;
  agentType: AgentType;
  onAgentType(agentType: AgentType): void;
  onSend(message: string): void;
  onStop(): void;
  /** Text that was being written when the conversation was left. */
  draft: string;
  onDraft(text: string): void;
  autoFocus: boolean;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
}

export function Composer(props: ComposerProps) {
  const { first, running, stopping, onSend, onStop, fieldRef } = props;
  const t = useTranslations("composer");
  const [text, setText] = useState(props.draft);
  const online = useOnline();
  useAutoHeight(fieldRef, text);
  const trimmed = text.trim();
  const ready = trimmed !== "" && trimmed.length <= MAX_CHARACTERS && online && !running;
  const write = (next: string) => {
    setText(next);
    props.onDraft(next);
  };
  const send = () => {
    if (!ready) return;
    write("");
    onSend(trimmed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape" && running && !event.shiftKey) {
      event.preventDefault();
      onStop();
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="rounded-bubble border border-line2 bg-bg0 shadow-control focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)] dark:bg-bg1"
    >
      <textarea
        ref={fieldRef}
        rows={1}
        // biome-ignore lint/a11y/noAutofocus: only after "New chat", where the next thing to do is to type
        autoFocus={props.autoFocus}
        aria-label={t("label")}
        placeholder={first ? t("placeholder") : t("followUp")}
        value={text}
        onChange={(event) => write(event.target.value)}
        onFocus={() => void loadMarkdown()}
        onKeyDown={onKeyDown}
        className={cn(
          "block w-full resize-none px-3.5 pt-3 pb-1 text-chat outline-none",
          "@max-[680px]/chat:text-dense @max-[460px]/chat:text-chat pointer-coarse:text-[1rem]",
          first ? "min-h-14" : "min-h-10",
        )}
      />
      <div className="flex items-center gap-1 px-2 pt-1 pb-2">
        <AgentPicker value={props.agentType} onChange={props.onAgentType} />
        <ComposerNotice length={trimmed.length} online={online} />
        <SendButton running={running} stopping={stopping} ready={ready} onStop={onStop} />
      </div>
    </form>
  );
}
