import { useTranslations } from "next-intl";
import type { Generation } from "@/lib/domain/run-record";
import { SectionHeading } from "../section-heading";

/** What else was sent beside the messages. */
export function ParameterList({ parameters }: Pick<Generation, "parameters">) {
  const t = useTranslations("debug.prompt");
  const entries = Object.entries(parameters);
  return (
    <>
      <SectionHeading title={t("parameters")} detail={entries.length === 0 ? t("noParameters") : null} />
      <dl className="grid grid-cols-4 gap-x-3 gap-y-2 px-3 pt-1 pb-3 @max-[480px]/debug:grid-cols-2">
        {entries.map(([name, value]) => (
          <div key={name} className="min-w-0">
            <dt className="mono truncate text-fg2 text-label">{name}</dt>
            <dd className="mono break-words leading-[1rem]">
              {typeof value === "string" ? value : JSON.stringify(value)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
