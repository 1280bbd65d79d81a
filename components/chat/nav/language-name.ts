import type { Locale } from "@/lib/i18n/locale";

/** More characters than this do not fit the switch. */
const SHORT = 3;

/** A language's name in itself ("中文", "français"); short as well, with the tag in the place of a long name. */
export function languageName(locale: Locale): { short: string; full: string } {
  const full = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
  return { full, short: full.length > SHORT ? locale.toUpperCase() : full };
}
