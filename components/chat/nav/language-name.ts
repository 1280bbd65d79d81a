import type { Locale } from "@/lib/i18n/locale";

/** A language that the page can be in, and its name in itself: "中文", "français". */
export interface Language {
  locale: Locale;
  full: string;
  /** The tag in the place of a long name. */
  short: string;
}

/** More characters than this do not fit the switch. */
const SHORT = 3;

/** For the server: a browser would have to load its names of languages before it could show the page. */
export function toLanguage(locale: Locale): Language {
  const full = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  return { locale, full, short: full.length > SHORT ? locale.toUpperCase() : full };
}
