import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knowledgeBaseSummarySchema } from "@/lib/domain/knowledge-base-summary";
import { passageViewSchema } from "@/lib/domain/passage";
import { openTwoHandbooks } from "./testing/open-two-handbooks";

let retrieval: Awaited<ReturnType<typeof openTwoHandbooks>>;

beforeAll(async () => {
  retrieval = await openTwoHandbooks();
});

afterAll(() => retrieval[Symbol.asyncDispose]());

describe("what the index knows", () => {
  test("knowledge bases in the order of the manifest, with true counts", async () => {
    const bases = await retrieval.index.knowledgeBases();
    expect(bases.map(({ prefix, documents }) => [prefix, documents])).toEqual([
      ["lamp", 3],
      ["staff", 4],
    ]);
    for (const base of bases) knowledgeBaseSummarySchema.parse(base);
    const total = bases.reduce((sum, { passages }) => sum + passages, 0);
    expect(await retrieval.index.passageCount()).toBe(total);
  });

  test("one knowledge base with its keywords, and null for an unknown prefix", async () => {
    expect(await retrieval.index.knowledgeBase("staff")).toMatchObject({
      title: "Staff rules",
      suggested: [],
    });
    expect(await retrieval.index.knowledgeBase("nowhere")).toBeNull();
  });

  test("a document with its passages in reading order; names are relative to the documents", async () => {
    const documents = await retrieval.index.documents("lamp");
    expect(documents.map(({ name }) => name)).toEqual([
      "lamp/en/faults.md",
      "lamp/en/setup.md",
      "lamp/zh/anzhuang.md",
    ]);
    const setup = await retrieval.index.document(documents[1]?.document_id ?? "");
    expect(setup?.document).toMatchObject({ title: "Setting up the Glow lamp", passages: 3, enabled: true });
    expect(setup?.passages.map(({ heading }) => heading)).toEqual([
      "",
      "Pairing with the app",
      "Keyboard shortcuts",
    ]);
    expect(await retrieval.index.document("d0")).toBeNull();
  });

  test("a passage between its neighbours, and null for an unknown id", async () => {
    const [faults] = await retrieval.index.documents("lamp");
    const passages = (await retrieval.index.document(faults?.document_id ?? ""))?.passages ?? [];
    const view = passageViewSchema.parse(await retrieval.index.passage(passages[1]?.passage_id ?? ""));
    expect(view.heading).toBe("Firmware updates");
    expect(view.before.map(({ heading }) => heading)).toEqual(["The ring blinks red"]);
    expect(view.after.map(({ heading }) => heading)).toEqual(["Where the bridge was made"]);
    expect(await retrieval.index.passage("it's not there")).toBeNull();
  });

  test("ids are safe in addresses and unique", async () => {
    const documents = await retrieval.index.documents("lamp");
    const all = await Promise.all(documents.map(({ document_id }) => retrieval.index.document(document_id)));
    const ids = all.flatMap((one) => one?.passages.map(({ passage_id }) => passage_id) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...ids, ...documents.map(({ document_id }) => document_id)])
      expect(id).toMatch(/^[a-z0-9]+$/);
  });
});

describe("affinities", () => {
  test.each([
    ["How do I pair the lamp?", "lamp"],
    ["The ring blinks red, why?", "lamp"],
    ["What does the error code E-417 mean?", "lamp"],
    ["台灯红灯闪烁怎么办？", "lamp"],
    ["Who approves parental leave?", "staff"],
    ["How many vacation days do I have?", "staff"],
    ["What is the limit for hotels?", "staff"],
    ["年假可以结转几天？", "staff"],
  ])("%j belongs to %s", async (question, prefix) => {
    const [first, second] = await retrieval.index.affinities(question);
    expect(first?.kb_prefix).toBe(prefix);
    expect(first?.confidence).toBeGreaterThanOrEqual(0.5);
    expect(second?.confidence).toBeLessThan((first?.confidence ?? 0) - 0.25);
    expect(first?.signals.length).toBeGreaterThan(0);
  });

  test.each([
    "what is the capital of France",
    "tell me a joke",
    "Hello!",
    "Thank you, that was great",
    "how are you?",
    "Who won the football match yesterday?",
    "你好",
    "讲个笑话",
    "法国的首都是哪里？",
    "",
    "???",
  ])("%j belongs nowhere", async (question) => {
    for (const { confidence } of await retrieval.index.affinities(question))
      expect(confidence).toBeLessThan(0.3);
  });

  test("list every knowledge base, best first, within 0 and 1, and strongest signals first", async () => {
    const affinities = await retrieval.index.affinities("vacation lamp salary receipts bridge");
    expect(affinities).toHaveLength(2);
    const confidences = affinities.map(({ confidence }) => confidence);
    expect(confidences.toSorted((a, b) => b - a)).toEqual(confidences);
    for (const { confidence, signals } of affinities) {
      expect(confidence).toBeLessThanOrEqual(1);
      const weights = signals.map(({ weight }) => weight);
      expect(weights.toSorted((a, b) => b - a)).toEqual(weights);
    }
  });
});
