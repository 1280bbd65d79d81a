"use client";

import { TextQuote } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";

interface Selected {
  text: string;
  /** Middle and top of the selection, in pixels of the window. */
  x: number;
  y: number;
}

interface SelectionQuoteProps {
  /** What is selected in here can be quoted. */
  area: RefObject<HTMLElement | null>;
  onQuote(text: string): void;
}

/** A button at the selected words of a question or an answer that quotes them in the composer. */
export default function SelectionQuote({ area, onQuote }: SelectionQuoteProps) {
  const t = useTranslations("turns");
  const [selected, setSelected] = useState<Selected | null>(null);
  useEffect(() => {
    const update = () => setSelected(readSelection(area.current));
    const hide = () => setSelected(null);
    const scroller = area.current;
    document.addEventListener("selectionchange", update);
    scroller?.addEventListener("scroll", hide, { passive: true });
    return () => {
      document.removeEventListener("selectionchange", update);
      scroller?.removeEventListener("scroll", hide);
    };
  }, [area]);
  if (!selected) return null;
  return (
    <Button
      data-quote-selection
      // The click must not take the selection away before it is read.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        onQuote(selected.text);
        document.getSelection()?.removeAllRanges();
      }}
      style={{ left: selected.x, top: selected.y }}
      className="-translate-x-1/2 -translate-y-full fixed z-20 shadow-overlay print:hidden"
    >
      <Icon of={TextQuote} size={14} />
      {t("quote")}
    </Button>
  );
}

const QUOTABLE = "[data-quotable]";
/** Room for the button at the window's edges. */
const EDGE_PX = 48;

function readSelection(area: HTMLElement | null): Selected | null {
  const selection = document.getSelection();
  if (!area || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const text = selection.toString().trim();
  const range = selection.getRangeAt(0);
  const within = elementOf(range.startContainer)?.closest(QUOTABLE);
  if (text === "" || !within || !area.contains(within) || !within.contains(range.endContainer)) return null;
  const box = range.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, EDGE_PX), window.innerWidth - EDGE_PX);
  return { text, x, y: Math.max(box.top - 6, EDGE_PX) };
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}
