import { useTranslations } from "next-intl";
import type { ModelFigures } from "@/lib/domain/insights";
import { formatCost, formatCount } from "@/lib/run-view/format";
import { FigureTable } from "./figure-table";

export function ModelsTable({ models }: { models: readonly ModelFigures[] }) {
  const t = useTranslations("insights.models");
  const columns = [t("model"), t("calls"), t("input"), t("output"), t("tokens"), t("cost")];
  const rows = models.map((one) => ({
    key: one.model,
    name: one.model,
    cells: [
      ...[one.calls, one.input_tokens, one.output_tokens, one.total_tokens].map(formatCount),
      formatCost(one.cost_usd),
    ],
  }));
  return <FigureTable caption={t("caption")} columns={columns} rows={rows} />;
}
