import { describe, expect, it } from "vitest";
import { MASK } from "@/lib/domain/mask";
import type { PromptMessage } from "@/lib/domain/run-record";
import type { RecordedEvent } from "@/lib/events/run-event";
import { createEventMasker, MAX_KEPT_CHARACTERS, MAX_PART_CHARACTERS } from "./mask-event";

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
    const { event: masked } = createEventMasker().mask(event);
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
    const { event: end } = masker.mask({
      type: "generation-end",
      ...base,
      response,
      duration_ms: 1,
      finish_reason: "stop",
    });
    const start = response.indexOf("[1]");
    const { event: cited } = masker.mask({
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
    expect(masker.mask(event).event).toMatchObject({
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
    expect(masker.mask(event)).toEqual({ event, payloads: [] });
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
    const { event: masked } = masker.mask(event);
    expect(masker.truncated()).toBe(1);
    expect(masked).toMatchObject({ span_id: spanId, output: { passage_id: "13812345678" } });
    expect(JSON.stringify(masked).length).toBeLessThan(MAX_PART_CHARACTERS + 300);
  });

  const prompt = (messages: PromptMessage[]): RecordedEvent => ({
    type: "prompt",
    span_id: spanId,
    name: "llm_generation",
    purpose: "answer",
    model: "m",
    parameters: {},
    messages,
  });
  const longMessage = (content: string): PromptMessage => ({
    role: "user",
    content,
    tokens: 9,
    parts: [
      { origin: "context", passage_id: "p", start: 0, end: content.length - 4, tokens: 8 },
      { origin: "question", passage_id: null, start: content.length - 4, end: content.length, tokens: 1 },
    ],
  });

  it("puts aside what is too long for its event, masked like the event itself", () => {
    const masker = createEventMasker();
    const output = { hits: Array.from({ length: 3000 }, (_, n) => ({ n, text: `passage ${n}: ${SECRET}` })) };
    const base = { type: "span-end", span_id: spanId, status: "ok", status_message: null } as const;
    const { event, payloads } = masker.mask({ ...base, duration_ms: 1, output, attributes: {} });
    expect(JSON.stringify(event).length).toBeLessThan(1.5 * MAX_PART_CHARACTERS);
    const hits = output.hits.map(({ n }) => ({ n, text: `passage ${n}: ${MASK}` }));
    expect(payloads).toEqual([{ span_id: spanId, part: "output", value: { hits }, complete: true }]);
    expect(masker.truncated()).toBe(1);
  });

  it("shows a long prompt with all of its parts and their tokens, and keeps the whole of it", () => {
    const content = `${"word ".repeat(20_000)}${SECRET} why?`;
    const { event, payloads } = createEventMasker().mask(prompt([longMessage(content)]));
    const [message] = event.type === "prompt" ? event.messages : [];
    expect(message?.content.length).toBeLessThanOrEqual(MAX_PART_CHARACTERS + 2);
    expect(message?.parts.map(({ origin, tokens }) => [origin, tokens])).toEqual([
      ["context", 8],
      ["question", 1],
    ]);
    expect(payloads).toMatchObject([
      { part: "messages", complete: true, value: [{ content: content.replace(SECRET, MASK) }] },
    ]);
  });

  it("says when even what is kept is only the beginning", () => {
    const masker = createEventMasker();
    const long = `${"word ".repeat(MAX_KEPT_CHARACTERS / 5)}and more`;
    const { payloads } = masker.mask(prompt([longMessage(long)]));
    const response = {
      span_id: spanId,
      model: "m",
      usage: null,
      usage_source: null,
      cost_usd: null,
      ttft_ms: null,
    };
    const ended = masker.mask({
      type: "generation-end",
      ...response,
      response: long,
      duration_ms: 1,
      finish_reason: "stop",
    });
    expect([...payloads, ...ended.payloads].map(({ part, complete }) => [part, complete])).toEqual([
      ["messages", false],
      ["response", false],
    ]);
    expect(JSON.stringify(ended.payloads).length).toBeLessThan(MAX_KEPT_CHARACTERS + 300);
  });

  it("leaves no half of a secret at the edge of what is kept", () => {
    const text = `${"x".repeat(MAX_KEPT_CHARACTERS - 11)} ${SECRET} end`;
    const base = {
      type: "span-start",
      span_id: spanId,
      parent_span_id: null,
      name: "a",
      kind: "plan",
    } as const;
    const { event, payloads } = createEventMasker().mask({
      ...base,
      offset_ms: 0,
      input: { text },
      attributes: {},
    });
    expect(JSON.stringify([event, payloads])).not.toContain("sk-");
  });
});
