"use client";

import { Check, ChevronDown, Copy, FileText, TextQuote } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { useCopy } from "@/components/ui/use-copy";
import type { AnswerModel } from "./answer-model";
import { toMarkdown } from "./to-markdown";

interface CopyMenuProps {
  answer: AnswerModel;
  /** Puts the answer as a quotation into the composer. */
  onQuote(): void;
}

/** Copies an answer, as Markdown with its sources unless plain text is chosen. */
export function CopyMenu({ answer, onQuote }: CopyMenuProps) {
  const t = useTranslations();
  const { copied, copy } = useCopy();
  const asMarkdown = () => copy(toMarkdown(answer, t("chat.sources.title"), window.location.origin));
  const asText = async () => {
    const { toAnswerText } = await import("./to-answer-text");
    copy(toAnswerText(answer.text));
  };
  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={copied ? t("common.copied") : t("chat.actions.copy")}
        onClick={asMarkdown}
      />
      <Menu>
        <MenuTrigger asChild>
          <IconButton icon={ChevronDown} size="sm" label={t("turns.copyAs")} />
        </MenuTrigger>
        <MenuContent>
          <MenuItem icon={FileText} onSelect={asMarkdown}>
            {t("turns.copyMarkdown")}
          </MenuItem>
          <MenuItem icon={Copy} onSelect={() => void asText()}>
            {t("turns.copyText")}
          </MenuItem>
          <MenuItem icon={TextQuote} onSelect={onQuote}>
            {t("turns.quoteAnswer")}
          </MenuItem>
        </MenuContent>
      </Menu>
      <span role="status" className="sr-only">
        {copied ? t("common.copied") : ""}
      </span>
    </>
  );
}
