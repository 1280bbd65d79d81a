"use client";

import { MessageSquareLock } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { StatusDot } from "@/components/ui/status-dot";
import type { SessionItem } from "@/lib/domain/api";
import { toDateTag } from "@/lib/i18n/locale";
import { updateSession } from "../data/use-sessions";
import { isRunning } from "../stream/live-turn";
import { useLiveTurn } from "../stream/stream-context";
import { ConversationMenu } from "./conversation-menu";
import { keepFocus, rowMark } from "./keep-focus";
import { RenameField } from "./rename-field";

interface ConversationRowProps {
  session: SessionItem;
  current: boolean;
  onOpen(): void;
  onShare(): void;
  onDelete(): void;
}

export function ConversationRow({ session, current, onOpen, onShare, onDelete }: ConversationRowProps) {
  const t = useTranslations();
  const [renaming, setRenaming] = useState(false);
  const [failed, setFailed] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const title = session.title || t("common.untitled");
  const update = (patch: Parameters<typeof updateSession>[1]) => {
    setFailed(false);
    updateSession(session.session_id, patch)
      .catch(() => setFailed(true))
      .finally(keepFocus(link.current));
  };
  const remove = () => {
    const refocus = keepFocus(link.current);
    onDelete();
    refocus();
  };
  if (renaming) {
    const rename = (next: string) => {
      setRenaming(false);
      // The field goes; when it still had the focus, the row takes it.
      requestAnimationFrame(() => document.activeElement === document.body && link.current?.focus());
      if (next !== "" && next !== session.title) update({ title: next });
    };
    return (
      <li>
        <RenameField title={session.title} onDone={rename} />
      </li>
    );
  }
  return (
    <li
      className={cn(
        "group flex h-8 items-center rounded-row transition-colors max-sm:h-11",
        current ? "bg-bg3 font-medium text-fg0" : "text-fg1 hover:bg-bg2",
      )}
    >
      <a
        ref={link}
        {...rowMark(session.session_id)}
        href={`/c/${session.session_id}`}
        aria-current={current ? "page" : undefined}
        title={title}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
        className="flex h-full min-w-0 flex-1 items-center gap-2 pl-2"
      >
        <span className="flex-1 truncate">{title}</span>
        {session.private ? <PrivateMark /> : null}
        <RowDot sessionId={session.session_id} current={current} />
        <RowTime at={session.updated_at} />
      </a>
      <ConversationMenu
        session={session}
        title={title}
        onRename={() => setRenaming(true)}
        onPin={() => update({ pinned: !session.pinned })}
        onShare={onShare}
        onDelete={remove}
      />
      {failed ? (
        <span role="alert" className="sr-only">
          {t("nav.notSaved")}
        </span>
      ) : null}
    </li>
  );
}

function PrivateMark() {
  const t = useTranslations("private");
  return (
    <>
      <Icon of={MessageSquareLock} size={12} className="flex-none text-fg2" />
      <span className="sr-only">{t("switch")}</span>
    </>
  );
}

/** An answer is being made here, or has ended while another conversation was open. */
function RowDot({ sessionId, current }: { sessionId: string; current: boolean }) {
  const t = useTranslations("nav");
  const live = useLiveTurn(sessionId);
  if (!live) return null;
  if (isRunning(live)) return <StatusDot status="running" label={t("running")} className="mr-1.5" />;
  if (current) return null;
  const failed = live.failure !== null || live.turn.error !== null;
  return failed ? (
    <StatusDot status="error" label={t("failed")} className="mr-1.5" />
  ) : (
    <StatusDot status="ok" label={t("unread")} className="mr-1.5 bg-accent!" />
  );
}

function RowTime({ at }: { at: number }) {
  const locale = useLocale();
  const time = new Date(at);
  return (
    <time
      dateTime={time.toISOString()}
      className="hidden font-normal text-fg2 text-label tabular-nums group-focus-within:block group-hover:block"
    >
      {time.toLocaleTimeString(toDateTag(locale), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}
    </time>
  );
}
