import { countTokens } from "gpt-tokenizer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "@/lib/domain/clock";
import { openRetrieval, type Retrieval } from "@/lib/retrieval/open-retrieval";
import { createWorkplace, type Workplace } from "@/lib/retrieval/testing/two-handbooks";
import { answerQuestion } from "./answer-question";
import { collect, fold, saying, scriptedModel, testPorts, testQuestion } from "./pipeline.fixture";
import type { HistoryTurn } from "./question";

/** Each plan says something about each topic, so that neither word alone leads to the passage. */
const PLANS = {
  "lamp/plans.md": `# Plans

## Key rotation

### Team

Keys are rotated every ninety days.

### Enterprise

Keys are rotated every night at three.

## Backups

### Team

Backups are made once a week.

### Enterprise

Backups are made every hour.
`,
  "lamp/zh/fang-an.md": `# 方案

## 密钥轮换

### 团队版

密钥每九十天轮换一次。

### 企业版

密钥每天凌晨三点轮换。

## 备份

### 团队版

每周备份一次。

### 企业版

每小时备份一次。
`,
  "staff/cars.md": `# Cars

## Enterprise

Enterprise rents cars to our staff. 企业版合同由行政部保管。

## Enterprise bills

Send the bills of Enterprise to the travel desk. 企业版账单交给行政部。

## Enterprise at the airport

Enterprise has a desk in hall two. 企业版柜台在二号厅。
`,
};

let place: Workplace;
let retrieval: Retrieval;

beforeAll(async () => {
  place = await createWorkplace();
  for (const [name, text] of Object.entries(PLANS)) await place.write(name, text);
  const { dataDir, docsDir } = place;
  const options = { dataDir, docsDir, countTokens, embedding: null, clock: systemClock };
  retrieval = await openRetrieval({ ...options, onProgress: () => {} });
});

afterAll(async () => {
  await retrieval.close();
  await place[Symbol.asyncDispose]();
});

async function follow(asked: readonly string[], message: string, model = scriptedModel(saying("ok"))) {
  const { index, retrievers } = retrieval;
  const history = asked.flatMap((content): HistoryTurn[] => [
    { role: "user", content },
    { role: "assistant", content: "…" },
  ]);
  const run = answerQuestion(
    testQuestion({ message, history }),
    testPorts({ index, retrievers, model, clock: systemClock }),
    new AbortController().signal,
  );
  const record = fold(await collect(run));
  const texts = new Map(
    record.rag_runs.flatMap(({ results }) => results.map((row) => [row.passage_id, row])),
  );
  const first = texts.get(record.context?.passages[0]?.passage_id ?? "");
  return { record, kb: record.route_decision?.kb_prefix, found: first?.text };
}

const FOLLOW_UPS: [string[], string, string][] = [
  [["How often are keys rotated on the Team plan?"], "and for Enterprise?", "every night at three"],
  [["How often are backups made for Team?"], "And Enterprise?", "Backups are made every hour"],
  [["How are backups made for Enterprise?"], "and for Team?", "once a week"],
  [
    ["How often are keys rotated on the Team plan?", "Thanks!"],
    "and for Enterprise?",
    "every night at three",
  ],
  [["团队版的密钥多久轮换一次？"], "那企业版呢？", "每天凌晨三点"],
  [["团队版多久备份一次？"], "企业版呢", "每小时备份"],
  [["团队版的密钥多久轮换一次？", "好的"], "那企业版呢？", "每天凌晨三点"],
];

describe("a follow-up", () => {
  test("would go elsewhere if it stood alone", async () => {
    expect((await follow([], "and for Enterprise?")).kb).toBe("staff");
    expect((await follow([], "那企业版呢？")).kb).toBe("staff");
  });

  test.for(FOLLOW_UPS)(
    "without a model: after %j, %j is answered from the passage on it",
    async ([asked, message, text]) => {
      const { kb, found, record } = await follow(asked, message);
      expect([kb, found]).toEqual(["lamp", expect.stringContaining(text)]);
      expect(record.route_decision?.query).toBe(message);
    },
  );

  test("with a model is searched, by every agent, with what it made of it", async () => {
    const model = scriptedModel(saying("ok"), {
      extractive: false,
      completeJson: async ({ messages }) => {
        const isRewrite = JSON.stringify(messages).includes("and for Enterprise?");
        const text = isRewrite ? '{"query":"How often are keys rotated on the Enterprise plan?"}' : "{}";
        return { text, usage: null, model: "test-model" };
      },
    });
    const { kb, found, record } = await follow(
      ["How often are keys rotated on the Team plan?"],
      "and for Enterprise?",
      model,
    );
    expect([kb, found]).toEqual(["lamp", expect.stringContaining("every night at three")]);
    for (const { query } of record.rag_runs) expect(query).toContain("Enterprise plan");
  });

  test("whose rewriting fails is searched with the turns before it", async () => {
    const completeJson = () => Promise.reject(new Error("500"));
    const model = scriptedModel(saying("ok"), { extractive: false, completeJson });
    const { kb, found } = await follow(["团队版的密钥多久轮换一次？"], "那企业版呢？", model);
    expect([kb, found]).toEqual(["lamp", expect.stringContaining("每天凌晨三点")]);
  });

  test("that changes the subject goes to the knowledge base of the new one", async () => {
    const { kb, found } = await follow(
      ["How often are keys rotated on the Team plan?", "and for Enterprise?"],
      "How many vacation days do I have?",
    );
    expect([kb, found]).toEqual(["staff", expect.stringContaining("27 vacation days")]);
  });
});
