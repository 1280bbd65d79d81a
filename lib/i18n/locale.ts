/** A language of the page: the name of its file in `messages`, as in `en`, `zh` or `pt-BR`. */
export type Locale = string;

/** The language that every text has, and that is taken when no other fits. */
export const DEFAULT_LOCALE = "en";

/** Cookie that keeps the language a person chose. */
export const LOCALE_COOKIE = "locale";

/** Value of the `lang` attribute; with a region, which decides how Chinese characters are drawn. */
export function toLanguageTag(locale: Locale): string {
  if (locale === DEFAULT_LOCALE || locale.includes("-")) return locale;
  const { language, region } = new Intl.Locale(locale).maximize();
  return region ? `${language}-${region}` : language;
}

/** The tag that dates are written by; the page's English has the day before the month. */
export function toDateTag(locale: Locale): string {
  return locale === DEFAULT_LOCALE ? "en-GB" : toLanguageTag(locale);
}
