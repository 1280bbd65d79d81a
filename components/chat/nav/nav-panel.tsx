"use client";

import { PanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Brand } from "./brand";
import { ConversationList } from "./conversation-list";
import { ImportButton } from "./import-button";
import { NavActions } from "./nav-actions";
import { NavFooter } from "./nav-footer";

export interface NavPanelProps {
  currentId: string | null;
  hiddenId: string | null;
  onNewChat(): void;
  onSearch(): void;
  onOpen(sessionId: string): void;
  onDelete(session: { session_id: string; title: string }): void;
  onShare(sessionId: string): void;
  /** Hides the panel. */
  onCollapse(): void;
}

/** What the rail on the left and the drawer of small screens hold. */
export function NavPanel({ onNewChat, onSearch, onCollapse, ...list }: NavPanelProps) {
  const t = useTranslations("nav");
  return (
    <>
      <div className="flex h-12 flex-none items-center gap-2 pr-2 pl-3.5">
        <Brand />
        <span className="flex-1" />
        <IconButton icon={PanelLeft} label={t("collapse")} onClick={onCollapse} />
      </div>
      <NavActions onNewChat={onNewChat} onSearch={onSearch} />
      <ConversationList {...list} />
      <NavFooter>
        <ImportButton onImported={list.onOpen} />
      </NavFooter>
    </>
  );
}
