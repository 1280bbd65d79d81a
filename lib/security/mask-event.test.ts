import { describe, expect, it } from "vitest";
import { MASK } from "@/lib/domain/mask";
import type { RecordedEvent } from "@/lib/events/run-event";
import { createEventMasker, MAX_PART_CHARACTERS } from "./mask-event";

const SECRET = "sk-proj-abcdefghijklmnop1234";
const spanId = "00000000000000aa";

describe("masking events", () => {
  it("keeps the parts of a prompt in place when a secret before them shrinks", () => {
    const system = `Key ${SECRET}. `;
    const question = "Why?";
    const event: RecordedEvent = {
      type: "prompt",
      span_id: spanId,
      name: "llm_generation",
      purpose: "answer",
      model: "m",
      parameters: { note: SECRET },
      messages: [
        {
          role: "user",
          content: system + question,
          tokens: 2,
          parts: [
            { origin: "system", passage_id: null, start: 0, end: system.length, tokens: 1 },
            { origin: "question", passage_id: null, start: system.length, end: system.length + 4, tokens: 1 },
          ],
        },
      ],
    };
    const masked = createEventMasker().mask(event);
    const message = masked.type === "prompt" ? masked.messages[0] : undefined;
    expect(JSON.stringify(masked)).not.toContain(SECRET);
    expect(message?.content).toBe(`Key ${MASK}. Why?`);
    expect(message?.content.slice(message.parts[1]?.start, message.parts[1]?.end)).toBe("Why?");
  });

  it("moves citations with the masked answer", () => {
    const masker = createEventMasker();
    const response = `Use ${SECRET} here. [1]`;
    const base = {
      span_id: spanId,
      model: "m",
      usage: null,
      usage_source: null,
      cost_usd: null,
      ttft_ms: null,
    };
    const end = masker.mask({
      type: "generation-end",
      ...base,
      response,
      duration_ms: 1,
      finish_reason: "stop",
    });
    const start = response.indexOf("[1]");
    const cited = masker.mask({
      type: "citations",
      citations: [
        { n: 1, passage_id: "p", sentence: `Use ${SECRET} here.`, start, end: start + 3, support: null },
      ],
    });
    const text = end.type === "generation-end" ? end.response : "";
    const citation = cited.type === "citations" ? cited.citations[0] : undefined;
    expect(text.slice(citation?.start, citation?.end)).toBe("[1]");
    expect(citation?.sentence).toBe(`Use ${MASK} here.`);
  });

  it("masks the pieces of a secret that searching cut it into, as keys and as values", () => {
    const masker = createEventMasker([`mail bob@corp.com key ${SECRET}`]);
    const terms = { "bob@corp.com": 1, bob: 1, corp: 1, [SECRET]: 1, sidebar: 1 };
    const event: RecordedEvent = {
      type: "span-start",
      span_id: spanId,
      parent_span_id: null,
      name: "bm25_search",
      kind: "retriever",
      offset_ms: 0,
      input: { terms, first: ["corp", "sidebar"] },
      attributes: {},
    };
    expect(masker.mask(event)).toMatchObject({
      input: { terms: { [MASK]: 1, sidebar: 1 }, first: [MASK, "sidebar"] },
    });
    expect(JSON.stringify(masker.mask(event))).not.toMatch(/bob|corp|abcdefgh/);
  });

  it("leaves what the schema names alone, even where a secret contains it", () => {
    const masker = createEventMasker(["sk-retriever-hybrid_agent-123456"]);
    const event: RecordedEvent = {
      type: "span-start",
      span_id: spanId,
      parent_span_id: null,
      name: "rag_retrieval",
      kind: "retriever",
      offset_ms: 0,
      input: null,
      attributes: {},
    };
    expect(masker.mask(event)).toEqual(event);
  });

  it("cuts long texts, counts them, and never touches ids", () => {
    const masker = createEventMasker();
    const event: RecordedEvent = {
      type: "span-end",
      span_id: spanId,
      status: "ok",
      status_message: null,
      duration_ms: 1,
      output: { text: "x".repeat(MAX_PART_CHARACTERS + 1), passage_id: "13812345678" },
      attributes: {},
    };
    const masked = masker.mask(event);
    expect(masker.truncated()).toBe(1);
    expect(masked).toMatchObject({ span_id: spanId, output: { passage_id: "13812345678" } });
    expect(JSON.stringify(masked).length).toBeLessThan(MAX_PART_CHARACTERS + 300);
  });
});
