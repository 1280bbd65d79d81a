import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

export default async function DocumentNotFound() {
  const t = await getTranslations("document");
  return (
    <NoticePage title={t("missing")} text={t("missingText")}>
      <Button asChild variant="primary">
        <Link href="/">{t("back")}</Link>
      </Button>
    </NoticePage>
  );
}
