"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import type { KnowledgeBaseSummary } from "@/lib/domain/knowledge-base-summary";
import { useBaseList } from "../data/use-base-list";
import { Breadcrumb } from "../page/breadcrumb";
import { KnowledgeShell } from "../page/knowledge-shell";
import { type BaseAction, BaseDialogs } from "./base-dialogs";
import { BaseRow } from "./base-row";

/** The page of all knowledge bases. */
export function BaseList() {
  const t = useTranslations("knowledge");
  const { bases, failed } = useBaseList();
  const [action, setAction] = useState<BaseAction | null>(null);
  const create = (
    <Button variant="primary" onClick={() => setAction({ type: "create" })}>
      <Icon of={Plus} />
      <span className="max-sm:hidden">{t("list.new")}</span>
      <span className="sm:hidden">{t("list.newShort")}</span>
    </Button>
  );
  const header = (
    <>
      <Breadcrumb above={[]} title={t("list.title")} />
      {create}
    </>
  );
  return (
    <KnowledgeShell title={t("list.title")} header={header}>
      <div className="grid gap-4">
        <p className="text-fg1">{t("list.lead")}</p>
        {bases === undefined && !failed ? <SkeletonRows rows={3} label={t("list.loading")} /> : null}
        {failed && !bases ? <p role="alert">{t("failed")}</p> : null}
        {bases?.length === 0 ? <EmptyList /> : null}
        {bases && bases.length > 0 ? <Rows bases={bases} onAction={setAction} /> : null}
      </div>
      <BaseDialogs action={action} onClose={() => setAction(null)} />
    </KnowledgeShell>
  );
}

interface RowsProps {
  bases: readonly KnowledgeBaseSummary[];
  onAction(action: BaseAction): void;
}

function Rows({ bases, onAction }: RowsProps) {
  return (
    <ul className="overflow-hidden rounded-card border border-line">
      {bases.map((base) => (
        <BaseRow key={base.prefix} base={base} onAction={onAction} />
      ))}
    </ul>
  );
}

function EmptyList() {
  const t = useTranslations("knowledge.list");
  return (
    <div className="grid justify-items-center gap-1 rounded-card border border-line2 border-dashed px-6 py-12 text-center">
      <h2 className="font-semibold text-chat">{t("empty")}</h2>
      <p className="text-fg1">{t("emptyText")}</p>
    </div>
  );
}
