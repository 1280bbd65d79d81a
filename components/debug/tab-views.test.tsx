import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { RunRecord } from "@/lib/domain/run-record";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import { sampleEvents, sampleRecord } from "@/lib/run-view/run-record.fixture";
import en from "@/messages/en/debug.json";
import zh from "@/messages/zh/debug.json";
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
} as const;

function draw(record: RunRecord, locale: "en" | "zh"): string[] {
  return TABS.map(({ View }) =>
    renderToStaticMarkup(
      <NextIntlClientProvider
        locale={locale}
        messages={locale === "en" ? en : zh}
        timeZone="UTC"
        onError={fail}
      >
        <TooltipProvider>
          <RunSummary record={record} elapsedMs={props.elapsedMs} />
          <View {...props} record={record} />
        </TooltipProvider>
      </NextIntlClientProvider>,
    ),
  );
}

/** A text that is missing or malformed. */
function fail(error: Error): never {
  throw error;
}

describe("every tab", () => {
  it("can be drawn at any moment of a run, in both languages", () => {
    for (let count = 0; count <= sampleEvents.length; count += 2) {
      const record = count === 0 ? emptyRecord("x") : sampleRecord(count);
      for (const html of draw(record, count % 4 === 0 ? "en" : "zh")) expect(html).not.toContain("undefined");
    }
  });

  it("can be drawn of a run that was stopped or failed in the middle of anything", () => {
    for (const status of ["aborted", "error"] as const) {
      for (let count = 1; count < sampleEvents.length; count += 9)
        draw({ ...sampleRecord(count), status }, "en");
    }
  });

  it("shows what its run holds", () => {
    const [timeline = "", retrieval = "", prompt = "", route = "", log = ""] = draw(sampleRecord(), "en");
    expect(timeline).toContain("graph_rank, retriever, 120 ms, Failed");
    expect(retrieval).toContain("Context limit 1,600 tokens: 2 passages dropped");
    expect(prompt).toContain("137 tok/s");
    expect(route).toContain("below threshold");
    expect(log).toContain("graph_rank timed out after 120 ms");
  });

  it("says that a run without retrieval searched nothing, and shows its prompt all the same", () => {
    const record = { ...sampleRecord(), kb_prefix: "general", rag_plan: [], rag_runs: [], context: null };
    const [, retrieval = "", prompt = ""] = draw(record, "en");
    expect(retrieval).toContain("general answers without documents");
    expect(prompt).toContain("4 messages");
  });
});

describe("texts", () => {
  const keysOf = (value: object, path = ""): string[] =>
    Object.entries(value).flatMap(([key, entry]) =>
      typeof entry === "string" ? [`${path}${key}`] : keysOf(entry, `${path}${key}.`),
    );

  it("are there in both languages", () => {
    expect(keysOf(zh)).toEqual(keysOf(en));
  });

  it("are half-width beside Latin and full-width in Chinese punctuation", () => {
    const texts = keysOf(zh).map((key) =>
      key.split(".").reduce<unknown>((at, part) => Reflect.get(at as object, part), zh),
    );
    for (const text of texts) {
      expect(text).not.toMatch(/[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]/);
      expect(text).not.toMatch(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/);
    }
  });
});
