"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useDebounced } from "@/components/chat/use-debounced";
import { Icon } from "@/components/ui/icon";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import { TextInput } from "@/components/ui/text-field";
import type { DocumentSummary } from "@/lib/domain/document";
import { useDocuments } from "../data/use-documents";
import { MoreRows } from "../page/more-rows";
import { DocumentRow } from "./document-row";

const DEBOUNCE_MS = 200;

/** The documents of a knowledge base, found by name or title, more of them as one scrolls. */
export function DocumentList({ kbPrefix }: { kbPrefix: string }) {
  const t = useTranslations("knowledge");
  const [query, setQuery] = useState("");
  const settled = useDebounced(query, DEBOUNCE_MS);
  const { documents, failed, hasMore, loading, showMore } = useDocuments(kbPrefix, settled);
  return (
    <section aria-labelledby="documents" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="documents" className="flex-1 font-semibold text-dense">
          {t("documents.title")}
        </h2>
        <span className="relative w-64 max-sm:w-full">
          <Icon of={Search} size={14} className="absolute top-1/2 left-2 -translate-y-1/2 text-fg2" />
          <TextInput
            type="search"
            aria-label={t("documents.search")}
            placeholder={t("documents.search")}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="pl-7"
          />
        </span>
      </div>
      {documents === undefined && !failed ? <SkeletonRows rows={5} label={t("documents.loading")} /> : null}
      {failed ? <p role="alert">{t("failed")}</p> : null}
      {documents ? <Rows kbPrefix={kbPrefix} documents={documents} query={settled.trim()} /> : null}
      {hasMore ? <MoreRows loading={loading} onMore={showMore} /> : null}
    </section>
  );
}

interface RowsProps {
  kbPrefix: string;
  documents: readonly DocumentSummary[];
  query: string;
}

function Rows({ kbPrefix, documents, query }: RowsProps) {
  const t = useTranslations("knowledge.documents");
  if (documents.length === 0) {
    return (
      <p role="status" className="rounded-card border border-line px-4 py-8 text-center text-fg1">
        {query === "" ? t("empty") : t("noMatch", { query })}
      </p>
    );
  }
  return (
    <ul className="overflow-hidden rounded-card border border-line">
      {documents.map((document) => (
        <DocumentRow key={document.document_id} kbPrefix={kbPrefix} document={document} />
      ))}
    </ul>
  );
}
