"use client";

import { useLocale, useTranslations } from "next-intl";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { PassageNeighbour, PassageView } from "@/lib/domain/passage";
import Markdown from "../answer/markdown";
import { foreignLanguage } from "../foreign-language";
import { usePassageWindow } from "./use-passage-window";

/** A document around one passage, in its own order and below its own headings, with the passage marked. */
export function SourceDocument({ view }: { view: PassageView }) {
  const t = useTranslations("source");
  const page = useLocale();
  const box = useRef<HTMLDivElement>(null);
  const notePlace = useKeptPlace(box);
  const { passages, showEarlier, showLater, failed } = usePassageWindow(view, notePlace);
  const marked = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where it returns a promise, that is no clean-up of an effect.
    void marked.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <div ref={box} lang={foreignLanguage(view.text, page)}>
      {showEarlier ? <MoreButton label={t("earlier")} onClick={showEarlier} /> : null}
      {passages.map((passage, index) => (
        <SourcePassage
          key={passage.passage_id}
          passage={passage}
          previous={passages[index - 1]}
          markRef={passage.passage_id === view.passage_id ? marked : null}
        />
      ))}
      {showLater ? <MoreButton label={t("later")} onClick={showLater} /> : null}
      {failed ? (
        <p role="alert" className="py-2 text-err text-meta">
          {t("failed")}
        </p>
      ) : null}
    </div>
  );
}

/**
 * What is put in above leaves what is being read where it is, also at the very top, where the browser would not.
 * Returns what is to be called just before something is put in.
 */
function useKeptPlace(box: RefObject<HTMLElement | null>): () => void {
  const noted = useRef<{ first: Element; top: number } | null>(null);
  useLayoutEffect(() => {
    const scroller = box.current?.parentElement;
    if (!noted.current || !scroller) return;
    const { first, top } = noted.current;
    noted.current = null;
    scroller.scrollTop += first.getBoundingClientRect().top - top;
  });
  return () => {
    const first = box.current?.querySelector("section");
    if (first) noted.current = { first, top: first.getBoundingClientRect().top };
  };
}

interface SourcePassageProps {
  passage: PassageNeighbour;
  previous: PassageNeighbour | undefined;
  /** Given for the passage that was cited. */
  markRef: RefObject<HTMLElement | null> | null;
}

function SourcePassage({ passage, previous, markRef }: SourcePassageProps) {
  const t = useTranslations("source");
  const { page, heading, text } = passage;
  const isNewPage = page !== null && page !== previous?.page;
  const isNewHeading = heading !== "" && heading !== previous?.heading;
  return (
    <section
      ref={markRef}
      aria-label={markRef ? t("cited") : undefined}
      data-cited={markRef ? true : undefined}
      className={cn(
        "-mx-3 scroll-mt-3 border-l-2 px-3 py-1.5",
        markRef ? "rounded-r-card border-accent bg-accent-bg" : "border-transparent",
      )}
    >
      {isNewPage ? <p className="mb-1 text-fg2 text-label tabular-nums">{t("page", { page })}</p> : null}
      {isNewHeading ? <h3 className="mb-1 font-semibold">{heading}</h3> : null}
      <Markdown text={text} live={false} citing={false} />
    </section>
  );
}

function MoreButton({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <Button variant="ghost" size="sm" className="-ml-2 my-1" onClick={onClick}>
      {label}
    </Button>
  );
}
