"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { foreignLanguage } from "@/components/chat/foreign-language";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { Switch } from "@/components/ui/switch";
import type { PassageItem } from "@/lib/domain/document";
import { formatCount } from "@/lib/run-view/format";
import { useSave } from "../data/use-save";
import { FailureLine } from "../page/failure-line";

interface PassageCardProps {
  passage: PassageItem;
  /** Its neighbours, as far as they are loaded. */
  before: PassageItem | null;
  after: PassageItem | null;
  onEnabled(enabled: boolean): Promise<void>;
}

/** One passage: a few lines of it, opened all of it between the ends of its neighbours. */
export function PassageCard({ passage, before, after, onEnabled }: PassageCardProps) {
  const t = useTranslations("knowledge.passages");
  const page = useLocale();
  const save = useSave();
  const textId = useId();
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, setPending] = useState<boolean | null>(null);
  const enabled = pending ?? passage.enabled;
  const n = passage.position + 1;
  const toggle = async (next: boolean) => {
    setPending(next);
    setFailure(await save(() => onEnabled(next)));
    setPending(null);
  };
  return (
    <li
      id={passage.passage_id}
      className="grid scroll-mt-4 gap-1 rounded-card border border-line px-4 py-3 target:border-accent-line target:bg-accent-bg max-sm:px-3"
    >
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={textId}
          onClick={() => setOpen(!open)}
          className="flex min-h-6 min-w-0 flex-1 items-center gap-1.5 text-left max-sm:min-h-9"
        >
          <Icon of={open ? ChevronDown : ChevronRight} size={14} className="text-fg2" />
          <span className="text-fg2 text-meta tabular-nums">{n}</span>
          <span className="min-w-0 truncate font-medium">{passage.heading || t("noHeading")}</span>
        </button>
        <span className="flex flex-none gap-3 text-fg2 text-meta tabular-nums">
          {enabled ? null : <span>{t("off")}</span>}
          {passage.page === null ? null : <span>{t("page", { n: passage.page })}</span>}
          <span>{t("tokens", { count: formatCount(passage.tokens) })}</span>
        </span>
        <Switch label={t("enabled", { n })} checked={enabled} onCheckedChange={(next) => void toggle(next)} />
      </div>
      <div
        id={textId}
        lang={foreignLanguage(passage.text, page)}
        className={cn("whitespace-pre-wrap break-words", enabled ? "text-fg1" : "text-fg2")}
      >
        {open && before ? <Neighbour label={t("before")} text={tail(before.text)} /> : null}
        <p className={open ? "text-fg0" : "line-clamp-3"}>{passage.text}</p>
        {open && after ? <Neighbour label={t("after")} text={head(after.text)} /> : null}
      </div>
      <FailureLine message={failure} />
    </li>
  );
}

function Neighbour({ label, text }: { label: string; text: string }) {
  return (
    <div className="my-2 border-line2 border-l-2 pl-3 text-fg2">
      <p className="text-label">{label}</p>
      <p>{text}</p>
    </div>
  );
}

const CONTEXT_CHARACTERS = 240;

function tail(text: string): string {
  return text.length <= CONTEXT_CHARACTERS ? text : `… ${text.slice(-CONTEXT_CHARACTERS)}`;
}

function head(text: string): string {
  return text.length <= CONTEXT_CHARACTERS ? text : `${text.slice(0, CONTEXT_CHARACTERS)} …`;
}
