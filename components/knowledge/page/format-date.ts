import { type Locale, toLanguageTag } from "@/lib/i18n/locale";

/** "25 Nov 2026, 21:04" or "2026年11月25日 21:04". */
export function formatDate(at: number, locale: Locale): string {
  const language = locale === "en" ? "en-GB" : toLanguageTag(locale);
  return new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}
