import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

export default async function ShareNotFound() {
  const t = await getTranslations("share");
  return (
    <NoticePage title={t("missing")} text={t("missingText")}>
      <Button asChild variant="primary">
        <Link href="/">{t("home")}</Link>
      </Button>
    </NoticePage>
  );
}
