"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "@/components/ui/button";

interface OlderButtonProps {
  /** How many are shown: with more of them, the button may be in sight again. */
  count: number;
  onShow(): void;
}

/** Older conversations come as the list is scrolled to its end; the button is there for who does not scroll. */
export function OlderButton({ count, onShow }: OlderButtonProps) {
  const t = useTranslations("nav");
  const button = useRef<HTMLButtonElement>(null);
  const show = useEffectEvent(onShow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a button that stays in sight asks again
  useEffect(() => {
    const element = button.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && show(), {
      rootMargin: "200px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [count]);
  return (
    <Button ref={button} variant="ghost" size="sm" className="mt-2" onClick={onShow}>
      {t("more")}
    </Button>
  );
}
