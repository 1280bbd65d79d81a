"use client";

import { Download, Ellipsis, FileText, Pencil, Pin, PinOff, Share2, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { SessionItem } from "@/lib/domain/api";

interface ConversationMenuProps {
  session: SessionItem;
  title: string;
  onRename(): void;
  onPin(): void;
  onShare(): void;
  onDelete(): void;
}

export function ConversationMenu({
  session,
  title,
  onRename,
  onPin,
  onShare,
  onDelete,
}: ConversationMenuProps) {
  const t = useTranslations("nav");
  const share = useTranslations("share");
  const exportPath = `/api/sessions/${session.session_id}/export?format=`;
  return (
    <Menu>
      <MenuTrigger
        aria-label={t("actions", { title })}
        className={cn(
          "mr-1 grid size-6 flex-none place-items-center rounded-chip text-fg2 opacity-0 hover:bg-bg3 hover:text-fg0 focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100",
          "w-0 focus-visible:w-6 group-focus-within:w-6 group-hover:w-6 data-[state=open]:w-6 pointer-coarse:size-9 pointer-coarse:opacity-100",
        )}
      >
        <Icon of={Ellipsis} size={14} />
      </MenuTrigger>
      <MenuContent>
        <MenuItem icon={session.pinned ? PinOff : Pin} onSelect={onPin}>
          {session.pinned ? t("unpin") : t("pin")}
        </MenuItem>
        <MenuItem icon={Pencil} onSelect={onRename}>
          {t("rename")}
        </MenuItem>
        <MenuItem icon={Share2} onSelect={onShare}>
          {share("menu")}
        </MenuItem>
        <MenuItem asChild>
          <a href={`${exportPath}md`} download>
            <Icon of={FileText} size={14} className="text-fg2" />
            {t("exportMarkdown")}
          </a>
        </MenuItem>
        <MenuItem asChild>
          <a href={`${exportPath}json`} download>
            <Icon of={Download} size={14} className="text-fg2" />
            {t("exportJson")}
          </a>
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onSelect={onDelete}>
          {t("delete")}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
