import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { loadMessagesWith } from "@/lib/i18n/messages";

/** The page has texts of its own, which no other page is sent. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  return (
    <NextIntlClientProvider locale={locale} messages={await loadMessagesWith(locale, "settings")}>
      {children}
    </NextIntlClientProvider>
  );
}
