"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

/** A page that failed while it was drawn; what went wrong is in the server's log or the browser's console. */
export default function ErrorPage({ reset }: { reset(): void }) {
  const t = useTranslations();
  return (
    <NoticePage title={t("page.broken")} text={t("page.brokenText")}>
      <Button variant="primary" onClick={reset}>
        {t("common.retry")}
      </Button>
      <Button asChild>
        {/* A full load: what is broken in this page's memory stays behind. */}
        <a href="/">{t("document.back")}</a>
      </Button>
    </NoticePage>
  );
}
