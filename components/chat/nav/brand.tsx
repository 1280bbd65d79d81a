import { useTranslations } from "next-intl";

export function Brand() {
  const t = useTranslations("common");
  return (
    <span className="flex items-center gap-2 font-semibold text-dense tracking-[-0.01em]">
      <svg width="20" height="20" viewBox="0 0 20 20" fill="none" aria-hidden="true">
        <rect x="1" y="1" width="18" height="18" rx="4.5" className="fill-ink" />
        <path
          d="M5.5 5.5v9M9 6.4h6M9 10h3.6M11 13.6h4"
          className="stroke-on-ink"
          strokeWidth="1.75"
          strokeLinecap="round"
        />
      </svg>
      {t("app")}
    </span>
  );
}
