"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverAnchor, PopoverContent } from "@/components/ui/popover";
import { useHoverOpen } from "@/components/ui/use-hover-open";
import { useAnswer } from "./answer-context";
import { CITATION_CHIP, CITATION_IN_TEXT, CITATION_SHAPE } from "./citation-style";
import { SourceCard } from "./source-card";

/** Keeps the chip on the line of the word before it. */
const WORD_JOINER = "\u2060";

/** A number that stands for no source. */
const NOWHERE = "border border-line3 border-dashed text-fg2 leading-[0.875rem]";

/** The mark `[n]` in an answer: opens the passage that it refers to. */
export function CitationChip({ n }: { n: number }) {
  const t = useTranslations("chat.sources");
  const { sources, highlightedPassageId, onHighlight, onSelect, openSource, citesInDebug } = useAnswer();
  const { open, setOpen, triggerProps, cardProps } = useHoverOpen();
  const cardId = useId();
  const source = sources?.find((candidate) => candidate.n === n);
  const highlighted = source !== undefined && source.passage_id === highlightedPassageId;
  // The card belongs to the conversation, and stays inside of its column.
  const column = open ? document.getElementById("conversation") : null;
  const point = (passageId: string | null) => source && onHighlight(passageId);
  if (!source && sources === null) {
    return (
      <span data-citation={n} className={cn(CITATION_CHIP, CITATION_IN_TEXT)}>
        {n}
      </span>
    );
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      {WORD_JOINER}
      <PopoverAnchor asChild>
        <button
          type="button"
          data-citation={n}
          {...triggerProps}
          onMouseEnter={() => point(source?.passage_id ?? null)}
          onMouseLeave={() => point(null)}
          onFocus={(event) => {
            triggerProps.onFocus(event);
            point(source?.passage_id ?? null);
          }}
          onBlur={() => {
            triggerProps.onBlur();
            point(null);
          }}
          onClick={(event) => {
            if (source) onSelect(source.passage_id);
            // A finger has no hover: its tap opens the card, which leads on to the document.
            if (!source || citesInDebug || isTouch(event.nativeEvent)) return triggerProps.onClick();
            setOpen(false);
            openSource(n);
          }}
          data-marked={highlighted || undefined}
          aria-label={source ? t("citation", { n, title: source.title }) : t("citationMissing", { n })}
          aria-describedby={open ? cardId : undefined}
          className={cn(
            CITATION_SHAPE,
            CITATION_IN_TEXT,
            "cursor-pointer hover:bg-accent hover:text-bg0 pointer-coarse:mx-1",
            // 24 by 24 px to hit, without more room between the lines.
            "before:-inset-x-[3px] before:-inset-y-1 before:absolute",
            !source ? NOWHERE : open || highlighted ? "bg-accent text-bg0" : "bg-accent-bg text-accent",
          )}
        >
          {n}
        </button>
      </PopoverAnchor>
      <PopoverContent
        id={cardId}
        role="tooltip"
        side="top"
        align="start"
        alignOffset={-24}
        container={column}
        collisionBoundary={column}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        {...cardProps}
      >
        {source ? (
          <SourceCard source={source} onOpened={() => setOpen(false)} />
        ) : (
          <p className="px-3 py-2.5">{t("unavailable")}</p>
        )}
      </PopoverContent>
    </Popover>
  );
}

function isTouch(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType === "touch";
}
