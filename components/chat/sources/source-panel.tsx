"use client";

import { ArrowUpRight, Bug, ChevronLeft, ChevronRight, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { useFocusTrap } from "@/components/ui/use-focus-trap";
import { CITATION_CHIP } from "../answer/citation-style";
import type { SideMode } from "../side-place";
import { SourceChange } from "./source-change";
import { SourceDocument } from "./source-document";
import { useCitedSource } from "./use-cited-source";
import type { OpenSource } from "./use-source-panel";

export interface SourcePanelProps {
  shown: OpenSource;
  mode: SideMode;
  onStep(by: -1 | 1): void;
  onClose(): void;
  /** Shows the passage in the debug panel; null without the role. */
  onInspect: (() => void) | null;
}

/** The document behind a citation, at the very passage. */
export default function SourcePanel({ shown, mode, onStep, onClose, onInspect }: SourcePanelProps) {
  const t = useTranslations("source");
  const panel = useRef<HTMLDivElement>(null);
  const modal = mode !== "docked";
  useFocusTrap(panel, modal);
  useEffect(() => {
    panel.current?.focus();
  }, []);
  const { requestId, source, index, count } = shown;
  const cited = useCitedSource(requestId, source.n);
  const step = (by: -1 | 1) => {
    onStep(by);
    // The button that was used is off at the end; the panel takes its focus.
    if (index + by <= 0 || index + by >= count - 1) panel.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role, by its mode
    <div
      ref={panel}
      {...landmarkOf(modal, t("label"))}
      tabIndex={-1}
      data-source-panel={mode}
      onKeyDown={(event) => handleKey(event, step, onClose)}
      className="flex size-full min-h-0 flex-col bg-bg0 text-chrome outline-none"
    >
      <SourceHeader shown={shown} page={cited.found?.passage?.page ?? null} onStep={step} onClose={onClose} />
      <SourceBody key={`${requestId}-${source.n}`} {...cited} />
      <footer className="flex h-11 flex-none items-center gap-2 border-line border-t px-3">
        <Button asChild size="sm">
          <a href={source.url} target="_blank" rel="noopener">
            {t("open")}
            <Icon of={ArrowUpRight} size={12} />
          </a>
        </Button>
        {onInspect ? (
          <Button size="sm" variant="ghost" onClick={onInspect}>
            <Icon of={Bug} size={14} />
            {t("inspect")}
          </Button>
        ) : null}
      </footer>
    </div>
  );
}

function landmarkOf(modal: boolean, label: string) {
  const role = modal ? "dialog" : "complementary";
  return { role, "aria-label": label, ...(modal && { "aria-modal": true }) };
}

interface SourceHeaderProps extends Pick<SourcePanelProps, "shown" | "onStep" | "onClose"> {
  /** Page of the document; null where it has none. */
  page: number | null;
}

function SourceHeader({ shown, page, onStep, onClose }: SourceHeaderProps) {
  const t = useTranslations("source");
  const { source, index, count } = shown;
  return (
    <header className="flex-none border-line border-b px-3 pb-2.5">
      <div className="flex h-12 items-center gap-1">
        <h2 className="flex min-w-0 flex-1 items-center gap-2 font-medium text-fg1">
          <span className={CITATION_CHIP}>{source.n}</span>
          <span aria-live="polite" className="truncate tabular-nums">
            {t("position", { index: index + 1, count })}
            <span className="sr-only">: {source.title}</span>
          </span>
        </h2>
        <IconButton
          icon={ChevronLeft}
          label={t("previous")}
          keys="["
          aria-keyshortcuts="["
          disabled={index === 0}
          onClick={() => onStep(-1)}
        />
        <IconButton
          icon={ChevronRight}
          label={t("next")}
          keys="]"
          aria-keyshortcuts="]"
          disabled={index === count - 1}
          onClick={() => onStep(1)}
        />
        <IconButton icon={X} label={t("close")} keys="Esc" onClick={onClose} />
      </div>
      <p className="wrap-anywhere font-semibold text-dense">{source.title}</p>
      <p className="wrap-anywhere text-fg2 text-meta">
        {[source.heading, page === null ? "" : t("page", { page })].filter(Boolean).join(" · ")}
      </p>
    </header>
  );
}

function SourceBody({ found, failed }: ReturnType<typeof useCitedSource>) {
  const t = useTranslations("source");
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the arrow keys
      tabIndex={0}
      aria-label={t("text")}
      className="min-h-0 flex-1 overflow-y-auto px-4 py-3 focus-visible:-outline-offset-2"
    >
      {found ? (
        <>
          <SourceChange source={found} />
          {found.passage ? <SourceDocument key={found.passage.passage_id} view={found.passage} /> : null}
        </>
      ) : failed ? (
        <p role="alert">{t("failed")}</p>
      ) : (
        <SkeletonRows rows={6} label={t("loading")} />
      )}
    </section>
  );
}

/** Keys while the focus is in the panel; what a part of it has handled is left alone. */
function handleKey(event: KeyboardEvent, onStep: (by: -1 | 1) => void, onClose: () => void): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const actions: Record<string, () => void> = {
    Escape: onClose,
    "[": () => onStep(-1),
    k: () => onStep(-1),
    "]": () => onStep(1),
    j: () => onStep(1),
  };
  const act = actions[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
