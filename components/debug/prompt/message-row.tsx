import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { formatCount } from "@/lib/run-view/format";
import { CopyButton } from "../copy-button";

interface MessageRowProps {
  speaker: string;
  color: string;
  /** Null while it is not known. */
  tokens: number | null;
  content: string;
  openAtFirst: boolean;
  children: ReactNode;
}

/** One message: its heading, and its text when it is open. */
export function MessageRow({ speaker, color, tokens, content, openAtFirst, children }: MessageRowProps) {
  const t = useTranslations("debug.prompt");
  const [open, setOpen] = useState(openAtFirst);
  const bodyId = useId();
  return (
    <section className="border-line border-b">
      <div className="flex items-center pr-2 hover:bg-bg1">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={bodyId}
          onClick={() => setOpen(!open)}
          className="flex h-8 min-w-0 flex-1 items-center gap-2 pl-3 text-left max-sm:h-10"
        >
          <Icon
            of={ChevronRight}
            size={12}
            className={cn("text-fg2 transition-transform", open && "rotate-90")}
          />
          <span className="mono flex min-w-17 items-center gap-1.5 font-medium">
            <i className="size-2 rounded-bar" style={{ background: color }} />
            {speaker}
          </span>
          <span className="min-w-0 flex-1 truncate text-fg2 text-meta">
            {open ? "" : content.slice(0, 200)}
          </span>
          {tokens === null ? null : (
            <span className="whitespace-nowrap text-fg1 text-meta tabular-nums">
              {t("tokens", { n: formatCount(tokens) })}
            </span>
          )}
        </button>
        <CopyButton text={content} className="ml-2" />
      </div>
      {open ? (
        <div
          id={bodyId}
          className="mono whitespace-pre-wrap break-words px-3 pb-3 pl-[38px] text-fg0 leading-[1.25rem]"
        >
          {children}
        </div>
      ) : null}
    </section>
  );
}
