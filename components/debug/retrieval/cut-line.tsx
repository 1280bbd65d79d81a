import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import type { DropReason } from "@/lib/domain/run-record";
import { formatCount } from "@/lib/run-view/format";

interface CutLineProps {
  reason: DropReason;
  count: number;
  /** The limit that was reached, where the reason has one. */
  limit: number;
  columns: number;
}

/** Above the passages that one reason kept out of the prompt. */
export function CutLine({ reason, count, limit, columns }: CutLineProps) {
  const t = useTranslations("debug.retrieval.cut");
  return (
    <tr className="border-warn-line border-t border-dashed bg-warn-bg text-label text-warn">
      <th scope="rowgroup" colSpan={columns} className="h-5 px-3 text-left font-normal">
        <span className="flex items-center gap-2">
          <Icon of={TriangleAlert} size={12} />
          {t(reason, { n: count, limit: formatCount(limit) })}
        </span>
      </th>
    </tr>
  );
}
