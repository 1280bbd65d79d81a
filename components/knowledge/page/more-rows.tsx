"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "@/components/ui/button";

/** The end of a list that has more: loads it when it comes into view; a button for who does not scroll. */
export function MoreRows({ loading, onMore }: { loading: boolean; onMore(): void }) {
  const t = useTranslations();
  const end = useRef<HTMLDivElement>(null);
  const more = useEffectEvent(() => {
    if (!loading) onMore();
  });
  useEffect(() => {
    const element = end.current;
    if (!element || loading) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: "400px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [loading]);
  return (
    <div ref={end} className="grid justify-items-center">
      <Button variant="ghost" onClick={onMore} disabled={loading}>
        {loading ? t("common.loading") : t("knowledge.documents.more")}
      </Button>
    </div>
  );
}
