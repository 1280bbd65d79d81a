import { z } from "zod";

export const localeSchema = z.enum(["en", "zh"]);
export type Locale = z.infer<typeof localeSchema>;

/** Cookie that keeps the language a person chose. */
export const LOCALE_COOKIE = "locale";

/** Value of the `lang` attribute. */
export function toLanguageTag(locale: Locale): string {
  return locale === "zh" ? "zh-CN" : "en";
}

/**
 * The language of a request: what the person chose, else the first supported language of the browser's
 * `Accept-Language` by its weights, else English.
 */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const known = localeSchema.safeParse(chosen);
  if (known.success) return known.data;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map(parseRange)
    .filter((range) => range.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const supported = localeSchema.safeParse(language);
    if (supported.success) return supported.data;
  }
  return "en";
}

function parseRange(range: string): { language: string; weight: number } {
  const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
  const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
  return { language: tag.split("-")[0] ?? "", weight: Number.isFinite(weight) ? weight : 0 };
}
