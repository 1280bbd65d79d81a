"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type DragEvent, type KeyboardEvent, type RefObject, useId } from "react";
import { cn } from "@/components/ui/cn";
import type { AgentType } from "@/lib/domain/agent";
import { MAX_QUESTION } from "@/lib/domain/question-limit";
import { loadMarkdown } from "../answer/load-markdown";
import type { AttachmentsState } from "../data/use-attachments";
import { isComposing } from "../is-composing";
import { AgentPicker } from "./agent-picker";
import { AttachButton } from "./attach-button";
import { ComposerNotice } from "./composer-notice";
import type { DraftPlace, DraftStore } from "./draft-store";
import { SendButton } from "./send-button";
import { optionId, useAgentMention } from "./use-agent-mention";
import { useAutoHeight } from "./use-auto-height";
import { useDraft } from "./use-draft";
import { useLongPaste } from "./use-long-paste";
import { useOnline } from "./use-online";
import { useQuestionHistory } from "./use-question-history";

const AgentListbox = dynamic(() => import("./agent-listbox"), { ssr: false });
const AttachmentChips = dynamic(() => import("./attachment-chips"), { ssr: false });

export interface ComposerProps {
  /** The first question of a conversation gets more room and another placeholder. */
  first: boolean;
  running: boolean;
  stopping: boolean;
  agentType: AgentType;
  onAgentType(agentType: AgentType): void;
  onSend(message: string): void;
  onStop(): void;
  /** Where what is written is kept until it is sent. */
  drafts: DraftStore;
  place: DraftPlace;
  attachments: AttachmentsState;
  /** Questions of the conversation, oldest first. */
  questions: readonly string[];
  autoFocus: boolean;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
}

export function Composer(props: ComposerProps) {
  const { first, running, stopping, onSend, onStop, fieldRef, attachments } = props;
  const t = useTranslations("composer");
  const listId = useId();
  const [text, write] = useDraft(props.drafts, props.place);
  const online = useOnline();
  const mention = useAgentMention({ text, onText: write, onPick: props.onAgentType });
  const history = useQuestionHistory(props.questions, text, write);
  const { onPaste, insertPasted } = useLongPaste(attachments, (pasted) => write(text + pasted));
  useAutoHeight(fieldRef, text);
  const trimmed = text.trim();
  const fits = trimmed !== "" && trimmed.length <= MAX_QUESTION;
  const ready = fits && online && !running && !attachments.busy;
  const send = () => {
    if (!ready) return;
    write("");
    onSend(trimmed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || mention.onKeyDown(event)) return;
    if (history.onKeyDown(event)) event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape" && running && !event.shiftKey) {
      event.preventDefault();
      onStop();
    }
  };
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    attachments.add([...event.dataTransfer.files]);
  };
  const choosing = mention.options.length > 0;
  const { items, sending, problem } = attachments;
  const hasFiles = items.length + sending.length > 0 || problem !== null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={onDrop}
      className="relative rounded-bubble border border-line2 bg-bg0 shadow-control focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)] dark:bg-bg1"
    >
      {choosing ? (
        <AgentListbox
          id={listId}
          options={mention.options}
          index={mention.index}
          onPick={mention.pick}
          onPoint={mention.select}
        />
      ) : null}
      {hasFiles ? <AttachmentChips attachments={attachments} onInsertPasted={insertPasted} /> : null}
      <textarea
        ref={fieldRef}
        rows={1}
        // biome-ignore lint/a11y/noAutofocus: only after "New chat", where the next thing to do is to type
        autoFocus={props.autoFocus}
        aria-label={t("label")}
        aria-haspopup="listbox"
        aria-autocomplete="list"
        aria-controls={choosing ? listId : undefined}
        aria-activedescendant={choosing ? optionId(listId, mention.index) : undefined}
        placeholder={first ? t("placeholder") : t("followUp")}
        value={text}
        onChange={({ target }) => {
          write(target.value);
          mention.onCaret(target.selectionStart);
        }}
        onSelect={({ currentTarget }) => mention.onCaret(currentTarget.selectionStart)}
        onBlur={() => mention.onCaret(0)}
        onFocus={() => void loadMarkdown()}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        className={cn(
          "block w-full resize-none px-3.5 pt-3 pb-1 text-chat outline-none",
          "@max-[680px]/chat:text-dense @max-[460px]/chat:text-chat pointer-coarse:text-[1rem]",
          first ? "min-h-14" : "min-h-10",
        )}
      />
      <div className="flex items-center gap-1 px-2 pt-1 pb-2">
        <AttachButton onFiles={attachments.add} />
        <AgentPicker value={props.agentType} onChange={props.onAgentType} />
        <ComposerNotice length={trimmed.length} online={online} reading={fits && attachments.busy} />
        <SendButton running={running} stopping={stopping} ready={ready} onStop={onStop} />
      </div>
    </form>
  );
}
