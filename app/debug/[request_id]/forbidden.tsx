import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { RetryWithRole } from "@/components/chat/page/retry-with-role";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

export default async function RequestForbidden() {
  const t = await getTranslations();
  return (
    <NoticePage title={t("debugPage.forbidden")} text={t("debugPage.forbiddenText")}>
      {/* The page's own metadata are not sent with a refusal. */}
      <title>{`${t("debugPage.forbidden")} · ${t("common.app")}`}</title>
      <RetryWithRole />
      <Button asChild variant="primary">
        <Link href="/">{t("document.back")}</Link>
      </Button>
    </NoticePage>
  );
}
