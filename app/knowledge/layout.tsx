import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { loadChatMessages, loadKnowledgeMessages } from "@/lib/i18n/messages";

/** The administration's pages have texts of their own, which no other page is sent. */
export default async function KnowledgeLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const [chat, knowledge] = await Promise.all([loadChatMessages(locale), loadKnowledgeMessages(locale)]);
  return (
    <NextIntlClientProvider locale={locale} messages={{ ...chat, ...knowledge }}>
      {children}
    </NextIntlClientProvider>
  );
}
