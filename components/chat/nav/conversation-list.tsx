"use client";

import { useLocale, useTranslations } from "next-intl";
import { toDateTag } from "@/lib/i18n/locale";
import { useSessions } from "../data/use-sessions";
import { ConversationRow } from "./conversation-row";
import { type DayGroup, groupByDay } from "./group-by-day";
import { OlderButton } from "./older-button";

interface ConversationListProps {
  currentId: string | null;
  /** Deleted, but not yet for good. */
  hiddenId: string | null;
  onOpen(sessionId: string): void;
  onShare(sessionId: string): void;
  onDelete(session: { session_id: string; title: string }): void;
}

export function ConversationList({ currentId, hiddenId, onOpen, onShare, onDelete }: ConversationListProps) {
  const t = useTranslations();
  const { sessions, failed, hasMore, showMore } = useSessions();
  const dayName = useDayName();
  const shown = sessions?.filter((session) => session.session_id !== hiddenId);
  return (
    <div data-conversations className="flex-1 overflow-auto px-2 pt-1 pb-3">
      {failed && !sessions ? <p className="px-2 py-3 text-fg2 text-meta">{t("common.notLoaded")}</p> : null}
      {shown?.length === 0 ? <p className="px-2 py-3 text-fg2 text-meta">{t("nav.none")}</p> : null}
      {groupByDay(shown ?? [], Date.now()).map((group) => (
        <section key={group.day} aria-labelledby={`day-${group.day}`}>
          <h2 id={`day-${group.day}`} className="px-2 pt-3 pb-1 font-medium text-fg2 text-label">
            {dayName(group.day)}
          </h2>
          <ul>
            {group.sessions.map((session) => (
              <ConversationRow
                key={session.session_id}
                session={session}
                current={session.session_id === currentId}
                onOpen={() => onOpen(session.session_id)}
                onShare={() => onShare(session.session_id)}
                onDelete={() => onDelete(session)}
              />
            ))}
          </ul>
        </section>
      ))}
      {hasMore ? <OlderButton count={shown?.length ?? 0} onShow={showMore} /> : null}
    </div>
  );
}

/** "Today", "Yesterday", "Mon 14 Jul"; another year is written out. */
function useDayName(): (day: DayGroup["day"]) => string {
  const t = useTranslations("nav");
  const locale = useLocale();
  return (day) => {
    if (typeof day !== "number") return t(day);
    const sameYear = new Date(day).getFullYear() === new Date().getFullYear();
    return new Intl.DateTimeFormat(toDateTag(locale), {
      weekday: "short",
      day: "numeric",
      month: "short",
      ...(sameYear ? {} : { year: "numeric" }),
    }).format(day);
  };
}
