"use client";

import { useTranslations } from "next-intl";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { usePassages } from "../data/use-passages";
import { MoreRows } from "../page/more-rows";
import { PassageCard } from "./passage-card";

interface PassageListProps {
  kbPrefix: string;
  documentId: string;
}

/** All passages of a document in reading order. */
export function PassageList({ kbPrefix, documentId }: PassageListProps) {
  const t = useTranslations("knowledge");
  const { passages, failed, loading, hasMore, showMore, setEnabled } = usePassages(kbPrefix, documentId);
  return (
    <section aria-labelledby="passages" className="grid gap-3">
      <h2 id="passages" className="font-semibold text-dense">
        {t("passages.title")}
      </h2>
      {passages === undefined && !failed ? <SkeletonRows rows={5} label={t("passages.loading")} /> : null}
      {failed ? <p role="alert">{t("failed")}</p> : null}
      <ol className="grid gap-2">
        {passages?.map((passage, index) => (
          <PassageCard
            key={passage.passage_id}
            passage={passage}
            before={passages[index - 1] ?? null}
            after={passages[index + 1] ?? null}
            onEnabled={(enabled) => setEnabled(passage.passage_id, enabled)}
          />
        ))}
      </ol>
      {hasMore ? <MoreRows loading={loading} onMore={showMore} /> : null}
    </section>
  );
}
