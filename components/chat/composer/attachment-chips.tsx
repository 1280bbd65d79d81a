"use client";

import { FileText, LoaderCircle, TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import type { Attachment } from "@/lib/domain/attachment";
import { MAX_ATTACHMENTS } from "@/lib/domain/attachment-limit";
import { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES } from "@/lib/domain/document-file";
import type { AttachmentProblem, AttachmentsState } from "../data/use-attachments";

interface AttachmentChipsProps {
  attachments: AttachmentsState;
  /** Puts the text that was pasted last into the question; null when there is none. */
  onInsertPasted: (() => void) | null;
}

/** The files of the conversation with how far each is, and why one was not taken. */
export default function AttachmentChips({ attachments, onInsertPasted }: AttachmentChipsProps) {
  const t = useTranslations("attachments");
  const { items, sending, problem } = attachments;
  const names = new Set(items.map(({ name }) => name));
  const arriving = sending.filter((name) => !names.has(name));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5 px-2 pt-2">
      {items.length + arriving.length > 0 ? (
        <ul aria-label={t("label")} className="flex flex-wrap gap-1.5">
          {items.map((item) => (
            <Chip key={item.document_id} item={item} onRemove={() => attachments.remove(item.document_id)} />
          ))}
          {arriving.map((name) => (
            <li key={name} className={cn(CHIP, "border-line2")}>
              <Icon
                of={LoaderCircle}
                size={14}
                className="animate-spin text-fg2 motion-reduce:animate-none"
              />
              <span className="truncate">{name}</span>
              <span className="text-fg2 text-meta">{t("sending")}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {onInsertPasted ? (
        <button
          type="button"
          onClick={onInsertPasted}
          className="justify-self-start px-1 py-0.5 text-accent text-meta hover:underline max-sm:py-2"
        >
          {t("insertPasted")}
        </button>
      ) : null}
      <p role="alert" className="px-1 text-err text-meta empty:hidden">
        {problem ? <Problem problem={problem} /> : null}
      </p>
    </div>
  );
}

const CHIP =
  "flex min-h-8 min-w-0 max-w-full items-center gap-1.5 rounded-card border py-1 pr-1 pl-2 max-sm:min-h-9";

function Chip({ item, onRemove }: { item: Attachment; onRemove(): void }) {
  const t = useTranslations("attachments");
  const { name, state, error, error_code, passages } = item;
  const failed = state === "failed";
  // The server's sentence is English, so other languages have a text of their own for it.
  const fault = error_code === null ? t("failed") : t(`fault.${error_code}`, { sentence: error ?? "" });
  const open = state === "queued" || state === "running";
  return (
    <li className={cn(CHIP, failed ? "border-err-line bg-err-bg" : "border-line2 bg-bg1")} title={name}>
      <Icon
        of={failed ? TriangleAlert : open ? LoaderCircle : FileText}
        size={14}
        className={cn(failed ? "text-err" : "text-fg2", open && "animate-spin motion-reduce:animate-none")}
      />
      <span className="min-w-0 truncate">{name}</span>
      <span className={cn("text-meta", failed ? "min-w-24 flex-1 text-err" : "flex-none text-fg2")}>
        {open ? t("reading") : failed ? fault : t("passages", { count: passages ?? 0 })}
      </span>
      <IconButton icon={X} size="xs" label={t("remove", { name })} onClick={onRemove} />
    </li>
  );
}

function Problem({ problem: { code, detail } }: { problem: AttachmentProblem }) {
  const t = useTranslations("attachments.problem");
  const tLimit = useTranslations("limits");
  switch (code) {
    case "count":
      return t("count", { max: MAX_ATTACHMENTS });
    case "kind":
      return t("kind", { name: detail, kinds: ACCEPTED_EXTENSIONS.join(" ") });
    case "size":
      return t("size", { name: detail, megabytes: MAX_FILE_BYTES / 1024 / 1024 });
    case "refused":
      return t("refused", { code: detail });
    case "network":
      return t("network");
    default:
      return tLimit(code);
  }
}
