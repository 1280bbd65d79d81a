import { type Locale, toDateTag } from "@/lib/i18n/locale";

/** "25 Nov 2026, 21:04" or "2026年11月25日 21:04". */
export function formatDate(at: number, locale: Locale): string {
  return new Date(at).toLocaleString(toDateTag(locale), {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  });
}
