import { useTranslations } from "next-intl";
import type { SettingChange, SettingValue } from "@/lib/run-view/compare-settings";
import { formatCount } from "@/lib/run-view/format";
import { SectionHeading } from "../section-heading";

/** What was asked for differently, in one line for each setting. */
export function ChangedSettings({ settings }: { settings: readonly SettingChange[] }) {
  const t = useTranslations("debug.compare");
  return (
    <section className="border-line border-b">
      <SectionHeading title={t("settings")} detail={settings.length === 0 ? t("none") : undefined} />
      {settings.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 px-3 pb-3 text-meta">
          {settings.map((change) => (
            <li key={change.name} className="min-w-0 break-words">
              <span className="text-fg2">{change.name}</span> <Value change={change} side="a" />{" "}
              <span className="text-fg2">vs</span> <Value change={change} side="b" />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Value({ change, side }: { change: SettingChange; side: "a" | "b" }) {
  const t = useTranslations("debug.compare");
  const words = {
    yes: t("on"),
    no: t("off"),
    unset: t(change.name === "temperature" ? "modelDefault" : "nothing"),
  };
  return <span className="font-medium">{formatSetting(change[side], words)}</span>;
}

function formatSetting(value: SettingValue, words: { yes: string; no: string; unset: string }): string {
  if (value === null) return words.unset;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return typeof value === "number" && Number.isInteger(value) ? formatCount(value) : String(value);
}
