import { describe, expect, it } from "vitest";
import { emptyRecord } from "@/lib/run-view/reduce-run";
import { sampleEvents, sampleRecord } from "@/lib/run-view/run-record.fixture";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { drawTabs } from "./draw-tabs.fixture";

describe("every tab", () => {
  it("can be drawn at any moment of a run, in both languages", () => {
    for (let count = 0; count <= sampleEvents.length; count += 2) {
      const record = count === 0 ? emptyRecord("x") : sampleRecord(count);
      for (const html of drawTabs(record, count % 4 === 0 ? "en" : "zh"))
        expect(html).not.toContain("undefined");
    }
  });

  it("can be drawn of a run that was stopped or failed in the middle of anything", () => {
    for (const status of ["aborted", "error"] as const) {
      for (let count = 1; count < sampleEvents.length; count += 9)
        drawTabs({ ...sampleRecord(count), status }, "en");
    }
  });

  it("shows what its run holds", () => {
    const [timeline = "", retrieval = "", prompt = "", route = "", log = ""] = drawTabs(sampleRecord(), "en");
    expect(timeline).toContain("graph_rank, retriever, 120 ms, Failed");
    expect(retrieval).toContain("Context limit 1,600 tokens: 2 passages dropped");
    expect(prompt).toContain("137 tok/s");
    expect(route).toContain("below threshold");
    expect(log).toContain("graph_rank timed out after 120 ms");
  });

  it("names what nobody could see in a passage, and marks the passage", () => {
    const record = structuredClone(sampleRecord());
    const [first] = record.rag_runs.flatMap(({ results }) => results);
    if (!first) throw new Error("a passage");
    first.title = "Rot\u200b\u200bate";
    const draw = (locale: "en" | "zh") => drawTabs(record, locale)[1] ?? "";
    expect(draw("en")).toMatch(/Rot<span[^>]*>U\+200B × 2<\/span>ate/);
    expect(draw("en")).toMatch(/>hidden<\/span>/);
    expect(draw("zh")).toMatch(/>隐藏字符<\/span>/);
    expect(drawTabs(sampleRecord(), "en")[1]).not.toContain(">hidden<");
  });

  it("says that a run without retrieval searched nothing, and shows its prompt all the same", () => {
    const record = { ...sampleRecord(), kb_prefix: "general", rag_plan: [], rag_runs: [], context: null };
    const [, retrieval = "", prompt = ""] = drawTabs(record, "en");
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
