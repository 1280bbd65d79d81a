import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { RouteField } from "@/lib/run-view/compare-settings";
import { formatRelevance, UNKNOWN } from "@/lib/run-view/format";
import { SectionHeading } from "../section-heading";

/** The route decisions: in a word when they are the same, else the fields that differ. */
export function RouteComparison({ route }: { route: readonly RouteField[] }) {
  const t = useTranslations("debug.compare");
  const changed = route.filter((field) => field.changed);
  const chosen = route.find(({ name }) => name === "kb_prefix");
  const same = route.length === 0 ? t("noRoute") : t("sameRoute", { kb: String(chosen?.a ?? UNKNOWN) });
  return (
    <section className="border-line border-b">
      <SectionHeading title={t("route")} detail={changed.length === 0 ? same : undefined} />
      {changed.length > 0 ? (
        <table className="mb-2 w-full table-fixed border-collapse text-meta">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t("field")}</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ name, a, b }) => (
              <tr key={name} className="align-top">
                <th scope="row" className="w-24 py-0.5 pl-3 text-left font-normal text-fg2">
                  {name}
                </th>
                <td className="break-words px-2 py-0.5">{formatField(a)}</td>
                <td className={cn("break-words py-0.5 pr-3 pl-2 text-fg1")}>{formatField(b)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}

function formatField(value: RouteField["a"]): string {
  if (value === null) return UNKNOWN;
  return typeof value === "number" ? formatRelevance(value) : value;
}
