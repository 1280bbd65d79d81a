import { useTranslations } from "next-intl";
import type { RequestGroup } from "@/lib/domain/insights";
import { formatCost, formatCount } from "@/lib/run-view/format";
import { FigureTable } from "./figure-table";
import { toCells } from "./latency-table";

interface GroupsTableProps {
  kind: "routes" | "agents" | "knowledge_bases";
  /** Null where the source cannot tell. */
  groups: readonly RequestGroup[] | null;
}

export function GroupsTable({ kind, groups }: GroupsTableProps) {
  const t = useTranslations("insights");
  const caption = t(`groups.${kind}`);
  if (groups === null) {
    return (
      <section>
        <h2 className="font-semibold text-dense">{caption}</h2>
        <p className="text-fg2">{t("unavailable")}</p>
      </section>
    );
  }
  const figures = [t("groups.requests"), t("groups.failed"), t("groups.tokens"), t("groups.cost")];
  const columns = [t(`groups.key.${kind}`), ...figures, "p50", "p90", "p99"];
  const rows = groups.map((group) => ({
    key: group.key,
    name: group.key,
    cells: [
      ...[group.requests, group.errors, group.total_tokens].map(formatCount),
      formatCost(group.cost_usd),
      ...toCells(group.total_ms),
    ],
  }));
  return <FigureTable caption={caption} columns={columns} rows={rows} />;
}
