import type { Locale } from "@/lib/i18n/locale";

/** Latin letters that weigh as much as one Chinese character in a text of both. */
const LETTERS_PER_CHARACTER = 4;

/** The language that most of a text is in; null when it has no letters. */
export function textLanguage(text: string): Locale | null {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (han + latin === 0) return null;
  return han * LETTERS_PER_CHARACTER >= latin ? "zh" : "en";
}
