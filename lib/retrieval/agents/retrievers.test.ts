import { countTokens } from "gpt-tokenizer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { retrievalMethodSchema, spanKindSchema } from "@/lib/domain/run-record";
import { recordedEventSchema } from "@/lib/events/run-event";
import { openRetrieval } from "@/lib/retrieval/open-retrieval";
import type { RetrievedPassage } from "@/lib/retrieval/retriever";
import { ask } from "@/lib/retrieval/testing/ask";
import { openTwoHandbooks } from "@/lib/retrieval/testing/open-two-handbooks";
import { createWorkplace } from "@/lib/retrieval/testing/two-handbooks";

const AGENTS = ["naive_rag_agent", "hybrid_agent", "graph_agent"] as const;

let retrieval: Awaited<ReturnType<typeof openTwoHandbooks>>;

beforeAll(async () => {
  retrieval = await openTwoHandbooks();
});

afterAll(() => retrieval[Symbol.asyncDispose]());

async function best(agent: (typeof AGENTS)[number], query: string, kbPrefix: string): Promise<string> {
  const [first] = await ask(retrieval, agent, query, kbPrefix);
  return first ? `${first.passage.name} ${first.passage.heading}` : "";
}

describe.each(AGENTS)("%s", (agent) => {
  test.each([
    ["How do I pair the lamp with the app?", "lamp", "lamp/en/setup.md Pairing with the app"],
    ["如何把台灯和应用配对？", "lamp", "lamp/zh/anzhuang.md 配对应用"],
    ["Who approves parental leave?", "staff", "staff/leave.md Parental leave"],
    ["年假可以结转几天？", "staff", "staff/zh/nianjia.md 年假"],
    ["What does E-417 mean?", "lamp", "lamp/en/faults.md Firmware updates"],
    ["GLOW_BRIDGE_HOST", "lamp", "lamp/en/setup.md Pairing with the app"],
    ["lamp_id", "lamp", "lamp/en/setup.md Keyboard shortcuts"],
    ["Ctrl+.", "lamp", "lamp/en/setup.md Keyboard shortcuts"],
  ])("answers %j in %s from %s", async (query, kbPrefix, expected) => {
    expect(await best(agent, query, kbPrefix)).toBe(expected);
  });

  test("searches the given knowledge base only, and at most topK passages", async () => {
    const all = await ask(retrieval, agent, "lamp bridge vacation hotel", "staff");
    expect(all.length).toBeGreaterThan(0);
    for (const { passage } of all) expect(passage.name).toMatch(/^staff\//);
    const request = { agent, query: "lamp bridge", kbPrefix: "lamp", topK: 2 };
    expect((await ask.withEvents(retrieval, request)).outcome.passages).toHaveLength(2);
  });

  test("ranks from 1 without gaps, with a relevance between 0 and 1, each passage once", async () => {
    const found = await ask(retrieval, agent, "Which lamp blinks red when the firmware is wrong?", "lamp");
    expect(found.map(({ rank }) => rank)).toEqual(found.map((_, at) => at + 1));
    expect(new Set(found.map(({ passage }) => passage.passage_id)).size).toBe(found.length);
    for (const { relevance } of found) {
      expect(relevance).toBeGreaterThanOrEqual(0);
      expect(relevance).toBeLessThanOrEqual(1);
    }
  });

  test("a passage that says all of the question is more relevant than one that says a part", async () => {
    const [first, ...rest] = await ask(retrieval, agent, "limit for hotels a night", "staff");
    expect(first?.relevance).toBeGreaterThan(0.6);
    for (const { relevance } of rest) expect(relevance).toBeLessThan(first?.relevance ?? 0);
  });

  test("finds nothing where nothing fits, and in a knowledge base that is not there", async () => {
    expect(await ask(retrieval, agent, "xylophone", "staff")).toEqual([]);
    expect(await ask(retrieval, agent, "lamp", "nowhere")).toEqual([]);
  });

  test("what is found for small talk is irrelevant", async () => {
    for (const query of ["Hello, how are you?", "你好，谢谢"]) {
      for (const { relevance } of await ask(retrieval, agent, query, "staff")) expect(relevance).toBe(0);
    }
  });

  test("a follow-up is understood from the turn before", async () => {
    const query = "And how many of them may I carry over?";
    const history = ["How many vacation days do I get?"];
    const { outcome } = await ask.withEvents(retrieval, { agent, query, kbPrefix: "staff", history });
    expect(outcome.passages[0]?.passage.heading).toBe("Vacation days");
  });

  test("yields spans below its parent that are valid events, each begun and ended once", async () => {
    const query = "Who approves parental leave?";
    const { events, outcome, parentSpanId } = await ask.withEvents(retrieval, {
      agent,
      query,
      kbPrefix: "staff",
    });
    for (const event of events) recordedEventSchema.parse(event);
    const started = events.filter((event) => event.type === "span-start");
    const ended = events.filter((event) => event.type === "span-end");
    expect(ended.map(({ span_id }) => span_id).toSorted()).toEqual(
      started.map(({ span_id }) => span_id).toSorted(),
    );
    for (const { parent_span_id, kind } of started) {
      expect(parent_span_id).toBe(parentSpanId);
      expect(spanKindSchema.parse(kind)).toBe("retriever");
    }
    expect([...new Set(started.map(({ name }) => name))]).toEqual(outcome.methods);
    for (const method of outcome.methods) retrievalMethodSchema.parse(method);
    expect(events.filter((event) => event.type === "log").length).toBe(started.length);
  });

  test("stops at once when it is aborted before or during the search", async () => {
    const request = { agent, query: "lamp", kbPrefix: "lamp" };
    const reason = new Error("stopped");
    const before = ask.withEvents(retrieval, { ...request, signal: AbortSignal.abort(reason) });
    await expect(before).rejects.toBe(reason);
    const stop = new AbortController();
    const during = ask.withEvents(retrieval, { ...request, signal: stop.signal });
    stop.abort(reason);
    await expect(during).rejects.toBe(reason);
  });
});

test("a misspelt word is found by hybrid_agent, with a relevance above none", async () => {
  const [first] = await ask(retrieval, "hybrid_agent", "expences", "staff");
  expect(first?.passage.heading).toBe("Receipts");
  expect(first?.relevance).toBeGreaterThan(0.4);
  expect(await ask(retrieval, "naive_rag_agent", "expences", "staff")).toEqual([]);
});

test("graph_agent follows a name to a passage that shares no word with the question", async () => {
  const query = "Who approves parental leave?";
  const headings = (passages: RetrievedPassage[]) => passages.map(({ passage }) => passage.heading);
  expect(headings(await ask(retrieval, "naive_rag_agent", query, "staff"))).not.toContain("Personnel office");
  const { outcome, events } = await ask.withEvents(retrieval, {
    agent: "graph_agent",
    query,
    kbPrefix: "staff",
  });
  expect(headings(outcome.passages)).toContain("Personnel office");
  const outputs = events.flatMap((event) => (event.type === "span-end" ? JSON.stringify(event.output) : []));
  expect(outputs.filter((output) => output.includes("Parental leave")).length).toBeGreaterThan(1);
});

test("the passages of a document that is switched off are found by no agent", async () => {
  await using own = await createWorkplace();
  const { dataDir, docsDir } = own;
  const options = {
    dataDir,
    docsDir,
    countTokens,
    embedding: null,
    clock: systemClock,
    onProgress: () => {},
  };
  const first = await openRetrieval(options);
  const documents = await first.index.documents("staff");
  const travel = documents.find(({ name }) => name === "staff/travel.md");
  await first.close();
  await switchOff(dataDir, travel?.document_id ?? "");
  const second = await openRetrieval(options);
  for (const agent of AGENTS) {
    const names = (await ask(second, agent, "hotel receipts expenses", "staff")).map(
      ({ passage }) => passage.name,
    );
    expect(names).not.toContain("staff/travel.md");
  }
  await second.close();
});

async function switchOff(dataDir: string, documentId: string): Promise<void> {
  const { connectLance } = await import("@/lib/retrieval/index/lance-table");
  const { openPassageTable } = await import("@/lib/retrieval/index/passage-table");
  const database = await connectLance(`${dataDir}/index`);
  const table = await openPassageTable(database);
  await table?.update(`document_id = '${documentId}'`, { enabled: false });
  database.close();
}
