"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { use } from "react";
import { cn } from "@/components/ui/cn";
import { SEGMENT, SEGMENT_CHOSEN, SEGMENT_OTHER, SEGMENTS } from "@/components/ui/segment-style";
import { LOCALE_COOKIE, type Locale, toLanguageTag } from "@/lib/i18n/locale";
import { LanguagesContext } from "./languages-context";

const ONE_YEAR_SECONDS = 31_536_000;

/** Looks like other choices of few, but is made of plain buttons: it is on every page, their library need not be. */
export function LanguageSwitch() {
  const t = useTranslations("nav");
  const router = useRouter();
  const current = useLocale();
  const choose = (locale: Locale) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax`;
    router.refresh();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: not a fieldset of a form
    <div role="group" aria-label={t("language")} className={SEGMENTS}>
      {use(LanguagesContext).map(({ locale, full, short }) => (
        <button
          key={locale}
          type="button"
          lang={toLanguageTag(locale)}
          title={full}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
          className={cn(SEGMENT, locale === current ? SEGMENT_CHOSEN : SEGMENT_OTHER)}
        >
          {short}
        </button>
      ))}
    </div>
  );
}
