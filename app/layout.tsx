import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { connection } from "next/server";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AppProviders } from "@/components/chat/app-providers";
import { toLanguage } from "@/components/chat/nav/language-name";
import { LOCALES } from "@/lib/i18n/choose-locale";
import { toLanguageTag } from "@/lib/i18n/locale";
import { loadPageMessages } from "@/lib/i18n/messages";
import "./globals.css";
import "./print.css";

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#111214" },
  ],
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { description: t("description"), robots: { index: false } };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A nonce belongs to one answer: without this the page would be rendered once, at build time.
  await connection();
  const nonce = (await headers()).get("x-nonce") ?? "";
  const locale = await getLocale();
  return (
    <html lang={toLanguageTag(locale)} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider locale={locale} messages={await loadPageMessages(locale)}>
          <AppProviders nonce={nonce} languages={LOCALES.map(toLanguage)}>
            {children}
          </AppProviders>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
