import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: `${t("page.missing")} · ${t("common.app")}` };
}

/** Any address that leads nowhere. */
export default async function NotFound() {
  const t = await getTranslations();
  return (
    <NoticePage title={t("page.missing")} text={t("page.missingText")}>
      <Button asChild variant="primary">
        {/* A plain link: every page brings this one along, and need not bring the router's for it. */}
        <a href="/">{t("document.back")}</a>
      </Button>
    </NoticePage>
  );
}
