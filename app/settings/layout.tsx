import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { loadChatMessages, loadSettingsMessages } from "@/lib/i18n/messages";

/** The page has texts of its own, which no other page is sent. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const [chat, settings] = await Promise.all([loadChatMessages(locale), loadSettingsMessages(locale)]);
  return (
    <NextIntlClientProvider locale={locale} messages={{ ...chat, ...settings }}>
      {children}
    </NextIntlClientProvider>
  );
}
