"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import useSWRImmutable from "swr/immutable";
import { DebugPanel, type DebugPanelProps } from "@/components/debug/debug-panel";
import { loadDebugMessages } from "@/lib/i18n/messages";

/** The panel with its texts, which come with it instead of with every page. */
export default function LocalizedDebugPanel(props: DebugPanelProps) {
  const locale = useLocale();
  const chat = useMessages();
  const { data: debug } = useSWRImmutable(["debug-messages", locale], () => loadDebugMessages(locale));
  if (!debug) return null;
  return (
    <NextIntlClientProvider locale={locale} messages={{ ...chat, ...debug }}>
      <DebugPanel {...props} />
    </NextIntlClientProvider>
  );
}
