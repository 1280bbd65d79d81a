import { Archive, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "@/components/chat/data/use-me";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Notice } from "../panel-notice";

/** Below the last run that is stored here: the older ones may be in Langfuse. */
export function OlderInArchive({ onSearch }: { onSearch(): void }) {
  const t = useTranslations("debug.archive");
  if (useMe()?.recording.langfuse !== true) return null;
  return (
    <div className="grid flex-none justify-items-center border-line border-t p-2">
      <Button onClick={onSearch}>
        <Icon of={Archive} size={14} />
        {t("search")}
      </Button>
    </div>
  );
}

export function ArchiveNote() {
  const t = useTranslations("debug.archive");
  return (
    <p role="status" className="flex-none border-line border-b bg-bg2 px-3 py-1.5 text-fg1 text-meta">
      {t("note")}
    </p>
  );
}

/** A search looks through some pages of Langfuse at a time. */
export function NothingInArchive({ hasMore, onMore }: { hasMore: boolean; onMore(): void }) {
  const t = useTranslations("debug.archive");
  return (
    <Notice icon={Search} title={hasMore ? t("noneYet") : t("none")}>
      {hasMore ? (
        <Button className="mt-2" onClick={onMore}>
          {t("more")}
        </Button>
      ) : null}
    </Notice>
  );
}
