import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

export default async function RequestNotFound() {
  const t = await getTranslations();
  return (
    <NoticePage title={t("debugPage.missing")} text={t("debugPage.missingText")}>
      <Button asChild variant="primary">
        <Link href="/">{t("document.back")}</Link>
      </Button>
    </NoticePage>
  );
}
