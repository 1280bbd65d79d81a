import { DEFAULT_LOCALE, type Locale } from "./locale";

/**
 * The languages that there are, the default one first. For the server alone: a script that names the files
 * brings all of their texts to the browser.
 */
export const LOCALES: readonly Locale[] = Object.keys(import.meta.glob("../../messages/*.json"))
  .map((path) => path.slice(path.lastIndexOf("/") + 1, -".json".length))
  .sort((a, b) => Number(b === DEFAULT_LOCALE) - Number(a === DEFAULT_LOCALE));

/**
 * The language of a request: what the person chose, else the first known language of the browser's
 * `Accept-Language` by its weights, else English.
 */
export function chooseLocale(
  chosen: string | undefined,
  acceptLanguage: string | null,
  known: readonly Locale[] = LOCALES,
): Locale {
  if (chosen !== undefined && known.includes(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map(parseRange)
    .filter((range) => range.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    const found = findLocale(tag, known);
    if (found !== undefined) return found;
  }
  return DEFAULT_LOCALE;
}

/** The language with this very tag, else one that differs in region or script alone. */
function findLocale(tag: string, known: readonly Locale[]): Locale | undefined {
  return (
    known.find((locale) => locale.toLowerCase() === tag) ??
    known.find((locale) => primaryOf(locale) === primaryOf(tag))
  );
}

function primaryOf(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

function parseRange(range: string): { tag: string; weight: number } {
  const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
  const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.trim().slice(2));
  return { tag: tag.trim(), weight: Number.isFinite(weight) ? weight : 0 };
}
