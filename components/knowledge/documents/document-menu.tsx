"use client";

import { BookOpen, Ellipsis, RefreshCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import type { DocumentSummary } from "@/lib/domain/document";
import { reindexDocument } from "../data/document-requests";
import { useSave } from "../data/use-save";
import { readingPath } from "../page/knowledge-paths";

interface DocumentMenuProps {
  kbPrefix: string;
  document: Pick<DocumentSummary, "document_id" | "title">;
  onDelete(): void;
  /** Hears what went wrong, and null when a new try begins. */
  onFailure(message: string | null): void;
}

export function DocumentMenu({ kbPrefix, document, onDelete, onFailure }: DocumentMenuProps) {
  const t = useTranslations("knowledge");
  const save = useSave();
  const { document_id, title } = document;
  const reindex = async () => onFailure(await save(() => reindexDocument(kbPrefix, document_id)));
  return (
    <Menu>
      <MenuTrigger
        aria-label={t("list.actions", { title })}
        className="relative grid size-7 flex-none place-items-center rounded-row text-fg1 hover:bg-bg3 hover:text-fg0 max-sm:size-9"
      >
        <Icon of={Ellipsis} />
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem asChild>
          <a href={readingPath(document_id)} target="_blank" rel="noopener">
            <Icon of={BookOpen} size={14} className="text-fg2" />
            {t("documents.read")}
          </a>
        </MenuItem>
        <MenuItem icon={RefreshCw} onSelect={() => void reindex()}>
          {t("documents.reindex")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onSelect={onDelete}>
          {t("list.delete")}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
