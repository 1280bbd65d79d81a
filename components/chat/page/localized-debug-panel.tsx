"use client";

import { NextIntlClientProvider, useLocale } from "next-intl";
import useSWRImmutable from "swr/immutable";
import { DebugPanel, type DebugPanelProps } from "@/components/debug/debug-panel";
import { loadMessages } from "@/lib/i18n/messages";

/** The panel with its texts, which come with it instead of with every page. */
export default function LocalizedDebugPanel(props: DebugPanelProps) {
  const locale = useLocale();
  const { data: messages } = useSWRImmutable(["messages", locale], () => loadMessages(locale));
  if (!messages) return null;
  return (
    <NextIntlClientProvider locale={locale} messages={messages}>
      <DebugPanel {...props} />
    </NextIntlClientProvider>
  );
}
