import { Rows3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";

/** The way from one request to the list of all. */
export function RequestsButton({ onClick }: { onClick(): void }) {
  const t = useTranslations("debug.requests");
  return <IconButton icon={Rows3} label={t("open")} onClick={onClick} />;
}
