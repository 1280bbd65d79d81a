import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import type { RunRecord } from "@/lib/domain/run-record";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { RunSummary } from "./run-summary";
import { TABS } from "./tab-registry";

const props = {
  payloads: [],
  elapsedMs: 700,
  mode: "docked",
  onSelectRequest: () => {},
  spanId: null,
  onSelectSpan: () => {},
  highlightedPassageId: "security#states-01",
  onHighlightPassage: () => {},
  selectedPassageId: null,
  onSelectPassage: () => {},
} as const;

/** The markup of every tab of a run, in order. Throws when a text is missing or malformed. */
export function drawTabs(record: RunRecord, locale: "en" | "zh"): string[] {
  return TABS.map(({ View }) =>
    renderToStaticMarkup(
      <NextIntlClientProvider
        locale={locale}
        messages={locale === "en" ? en : zh}
        timeZone="UTC"
        onError={fail}
      >
        <RunSummary record={record} elapsedMs={props.elapsedMs} />
        <View {...props} record={record} />
      </NextIntlClientProvider>,
    ),
  );
}

function fail(error: Error): never {
  throw error;
}
