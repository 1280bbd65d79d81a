import type { Locale } from "@/lib/i18n/locale";

/** Latin letters that weigh as much as one Chinese character in a text of both. */
const LETTERS_PER_CHARACTER = 4;
/** Scripts of languages that are written with Chinese characters. */
const HAN_SCRIPTS = ["Hans", "Hant", "Jpan", "Kore"];

/**
 * Value of the `lang` attribute of a text in a page of the language `page`: Chinese or English where its
 * letters are not those of the page, else undefined, because letters alone do not tell languages apart.
 */
export function foreignLanguage(text: string, page: Locale): "zh-CN" | "en" | undefined {
  const script = scriptOf(text);
  if (script === null || script === scriptOfLocale(page)) return undefined;
  return script === "han" ? "zh-CN" : "en";
}

/** The script that most of a text is in; null when it has no letters. */
function scriptOf(text: string): "han" | "latin" | null {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (han + latin === 0) return null;
  return han * LETTERS_PER_CHARACTER >= latin ? "han" : "latin";
}

function scriptOfLocale(locale: Locale): string {
  const script = new Intl.Locale(locale).maximize().script ?? "";
  if (HAN_SCRIPTS.includes(script)) return "han";
  return script === "Latn" ? "latin" : script;
}
