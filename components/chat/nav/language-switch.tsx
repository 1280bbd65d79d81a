"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented";
import { LOCALE_COOKIE, LOCALES, type Locale, toLanguageTag } from "@/lib/i18n/locale";
import { languageName } from "./language-name";

const ONE_YEAR_SECONDS = 31_536_000;
const LANGUAGES = LOCALES.map((locale) => {
  const { short, full } = languageName(locale);
  return { value: locale, label: short, title: full, lang: toLanguageTag(locale) };
});

export function LanguageSwitch() {
  const t = useTranslations("nav");
  const router = useRouter();
  const choose = (locale: Locale) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
    router.refresh();
  };
  return (
    <Segmented
      label={t("language")}
      value={useLocale()}
      segments={LANGUAGES}
      onChange={choose}
      className="bg-bg3"
    />
  );
}
