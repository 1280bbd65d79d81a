import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPrompt } from "@/lib/domain/prompt-format";
import { composeAnswer } from "./offline-answer";
import { numberOf, SAMPLE_PASSAGES, type SampleName, samplePrompt } from "./sample-passages.fixture";

const ask = (question: string) => composeAnswer(samplePrompt(question));
const citedIn = (answer: string) => [...answer.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n));
const NOTHING_FOUND = /^(?:I found nothing about this in the documents|文档中没有找到与此相关的内容)/;

describe("an answer that is in the passages", () => {
  it.each<[string, SampleName, string]>([
    ["How long are traces kept on the Team plan?", "retention", "30 days on the Team plan"],
    ["When does the clock start for a trace?", "retention", "The clock starts when a trace ends"],
    ["Which plan has single sign-on?", "plans", "Single sign-on comes with the Enterprise plan"],
    ["How do I install the agent?", "install", "1. Download the package"],
    ["Does the agent run on macOS?", "install", "The agent runs on Linux and macOS"],
    ["What is the default of AGENT_PORT?", "settings", "`4317`"],
    ["How much memory does the agent buffer use?", "settings", "`64`"],
    ["Which channels can alerts be sent to?", "alerts", "PagerDuty, with an integration key"],
    ["When is an unacknowledged alert repeated?", "alerts", "repeated after 15 minutes"],
    ["hi, which plan has single sign-on?", "plans", "Enterprise plan"],
    ["一年有多少天年假？", "leave", "每年有 15 天年假"],
    ["年假可以结转吗", "leave", "最多可以结转 5 天"],
    ["年假要找谁批准？", "leave", "由直属经理批准"],
    ["怎么报销？", "expenses", "1. 在系统里新建报销单"],
    ["团队聚餐标准是多少", "expenses", "每人 200 元"],
    ["AGENT_PORT 的默认值是多少？", "settings", "`4317`"],
  ])("%s is answered from %s", (question, name, text) => {
    const answer = ask(question);
    expect(answer).toContain(text);
    expect(citedIn(answer)[0]).toBe(numberOf(name));
  });

  it("puts the number before the last mark of each statement", () => {
    expect(ask("How long are traces kept on the Team plan?")).toMatch(/Enterprise plan\.\[1\]/);
    expect(ask("一年有多少天年假？")).toMatch(/15 天年假。\[6\]/);
  });

  it("keeps steps a numbered list, each with its number and its code", () => {
    expect(ask("How do I install the agent?")).toContain(
      [
        "1. Download the package[3]:",
        "",
        "   ```bash",
        "   curl -O https://example.com/agent.tgz",
        "   ```",
        "",
        "2. Unpack it into `/opt/agent`.[3]",
        "3. Start it with `agentctl up`.[3]",
      ].join("\n"),
    );
  });

  it("says a table's row in words, by its columns", () => {
    expect(ask("What is the default of AGENT_PORT?")).toContain(
      "**`AGENT_PORT`** — default: `4317`; meaning: Port on which the agent listens.[4]",
    );
  });

  it("brings the sentence that a pronoun points back to", () => {
    expect(ask("Does it work with an OpenID provider?")).toMatch(
      /^Single sign-on comes with the Enterprise plan\.\[2\] It works with every OpenID provider\.\[2\]/,
    );
  });

  it("does not take a reference number of a document for one of its own", () => {
    expect(citedIn(ask("Does single sign-on work with an OpenID provider?"))).not.toContain(3);
  });

  it("does not cut a sentence at an abbreviation", () => {
    expect(ask("Is a trace removed from backups?")).toContain(
      "After that it is removed for good, e.g. from backups too.[1]",
    );
  });

  it("stays in the question's language where both languages answer", () => {
    const passages = [
      { title: "年假", heading: "年假", text: "Meadow 里可以申请年假。" },
      { title: "Vacation", heading: "Vacation", text: "Vacation is requested in Meadow." },
    ];
    expect(composeAnswer(samplePrompt("Where is vacation requested in Meadow?", passages))).not.toMatch(
      /\p{Script=Han}/u,
    );
    expect(composeAnswer(samplePrompt("年假在 Meadow 哪里申请？", passages))).toContain("可以申请年假。[1]");
  });
});

describe("an answer from several passages", () => {
  const formats = [
    "PDF for printing",
    "JSON with every event",
    "Markdown by mail",
    "a spreadsheet of costs",
    "HTML pages",
  ];
  const passages = formats.map((format, index) => ({
    title: `Page ${index}`,
    heading: `Page ${index}`,
    text: `A report can be exported as ${format}. Nothing else matters on page number ${index}.`,
  }));

  it("merges what each of them says, in their order, from three at most", () => {
    const numbers = citedIn(composeAnswer(samplePrompt("How can a report be exported?", passages)));
    expect(numbers).toEqual([1, 2, 3]);
  });

  it("leaves out what only repeats another one", () => {
    const twice = [...passages.slice(0, 1), ...passages.slice(0, 1)];
    expect(citedIn(composeAnswer(samplePrompt("How can a report be exported?", twice)))).toEqual([1]);
  });

  it("leaves out those in another language", () => {
    const mixed = [
      { title: "端口", heading: "端口", text: "AGENT_PORT 是代理监听的端口。" },
      { title: "Port", heading: "Port", text: "AGENT_PORT is where the agent listens." },
    ];
    expect(composeAnswer(samplePrompt("What is AGENT_PORT?", mixed))).toBe(
      "AGENT_PORT is where the agent listens.[2]",
    );
    expect(composeAnswer(samplePrompt("AGENT_PORT 是什么？", mixed))).toBe(
      "AGENT_PORT 是代理监听的端口。[1]",
    );
  });
});

describe("what it never does", () => {
  const questions = [
    "How long are traces kept?",
    "How do I install the agent?",
    "What are the agent settings?",
    "Which channels do alerts have?",
    "What comes with the Enterprise plan?",
    "年假怎么申请？",
    "报销的步骤和标准是什么？",
    "agent",
    "Tell me about the Team plan and its alerts",
  ];
  const samples = fc.shuffledSubarray(Object.values(SAMPLE_PASSAGES), { minLength: 1 });

  it("state what is not in the passage that it cites, or state anything twice", () => {
    fc.assert(
      fc.property(fc.constantFrom(...questions), samples, (question, passages) => {
        const answer = composeAnswer(samplePrompt(question, passages));
        const statements = statementsOf(answer);
        expect(statements.length > 0).toBe(!NOTHING_FOUND.test(answer));
        expect(new Set(statements.map(({ text }) => text)).size).toBe(statements.length);
        for (const { text, n } of statements)
          expect(wordsOf(passages[n - 1]?.text ?? "")).toContain(wordsOf(text));
      }),
      { numRuns: 300 },
    );
  });

  it("cite more than three passages", () => {
    fc.assert(
      fc.property(fc.constantFrom(...questions), samples, (question, passages) => {
        expect(new Set(citedIn(composeAnswer(samplePrompt(question, passages)))).size).toBeLessThanOrEqual(3);
      }),
    );
  });

  it("fail on any text", () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom(
        "```",
        "| a | b |",
        "|---|---|",
        "1. x",
        "- y",
        "# h",
        "> q",
        "",
        "   z",
        "[1]",
        "a. B. c: d",
        "**x. Y**",
        "|",
        "~~~ js",
        "年假：",
        "。。",
      ),
    );
    const passage = fc.record({
      title: fc.string(),
      heading: fc.string(),
      text: fc.array(line, { maxLength: 20 }).map((lines) => lines.join("\n")),
    });
    fc.assert(
      fc.property(
        fc.array(passage, { maxLength: 5 }),
        fc.array(line, { maxLength: 4 }),
        (passages, words) => {
          expect(composeAnswer(samplePrompt(words.join(" "), passages))).not.toBe("");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("take more than 20 ms for ten passages", () => {
    const passages = Array.from({ length: 10 }, (_, index) => ({
      title: `Document ${index}`,
      heading: `Document ${index} › Part`,
      text: Object.values(SAMPLE_PASSAGES)
        .map((passage) => passage.text)
        .join(`\n\nParagraph ${index}. `),
    }));
    const messages = samplePrompt(
      "How long are traces kept on the Enterprise plan, and how do I install it?",
      passages,
    );
    for (let warmUp = 0; warmUp < 5; warmUp += 1) composeAnswer(messages);
    const before = process.cpuUsage();
    for (let run = 0; run < 10; run += 1) composeAnswer(messages);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 10_000).toBeLessThan(20);
  });
});

describe("a question that the passages do not answer", () => {
  it.each([
    "What is the capital of France?",
    "How do I cook spaghetti?",
    "Can I pay by credit card?",
    "Who wrote Hamlet?",
    "今天天气怎么样？",
    "公司有班车吗？",
  ])("%s is told so, with the nearest titles and without a citation", (question) => {
    const answer = ask(question);
    expect(answer).toMatch(NOTHING_FOUND);
    expect(answer).toMatch(/Data and retention/);
    expect(answer).toMatch(/another knowledge base|其他知识库/);
    expect(citedIn(answer)).toEqual([]);
  });

  it("is told so in its language, without titles where there are no passages", () => {
    const english = composeAnswer(samplePrompt("How long are traces kept?", []));
    expect(english).toMatch(NOTHING_FOUND);
    expect(english).not.toContain("“");
    expect(composeAnswer(samplePrompt("数据保留多久？", []))).toMatch(/^文档中没有找到/);
  });

  it("is told so where the search says that the passages fit poorly, whatever words they share", () => {
    const passages = Object.values(SAMPLE_PASSAGES).map((passage, at) => ({
      ...passage,
      n: at + 1,
      passage_id: "",
    }));
    const ask = (question: string, fit: "good" | "poor") =>
      composeAnswer([{ role: "user", content: formatPrompt({ passages, question, fit }).content }]);
    expect(citedIn(ask("How do I install the agent?", "good"))).not.toEqual([]);
    expect(ask("How do I install the agent?", "poor")).toMatch(/^I found nothing .*“Data and retention”/);
    expect(ask("怎么报销？", "poor")).toMatch(/^文档中没有找到.*《Data and retention》/);
    expect(ask("hello", "poor")).toMatch(/^Hello/);
  });

  it("is not answered by a passage that shares only a common word", () => {
    expect(ask("What is the plan for the weekend party?")).toMatch(NOTHING_FOUND);
  });
});

describe("a follow-up question", () => {
  const earlier = [
    { role: "user", content: "How long are traces kept on the Team plan?" },
    { role: "assistant", content: "Traces are kept for 30 days on the Team plan [1]." },
  ] as const;

  it("takes what it leaves out from the question before", () => {
    const passages = [SAMPLE_PASSAGES.plans, SAMPLE_PASSAGES.retention];
    const answer = composeAnswer(samplePrompt("And for Enterprise?", passages, earlier));
    expect(answer).toMatch(
      /^Traces are kept for 30 days on the Team plan and for 400 days on the Enterprise plan\.\[2\]/,
    );
    expect(composeAnswer(samplePrompt("And for Enterprise?", passages))).toMatch(/^Single sign-on/);
  });

  it("does so in Chinese", () => {
    const passages = [
      { title: "套餐", heading: "套餐 › 登录", text: "企业版支持单点登录。" },
      {
        title: "套餐",
        heading: "套餐 › 数据保留",
        text: "团队版的数据保留 30 天。企业版的数据保留 400 天。",
      },
    ];
    const turn = { role: "user", content: "团队版的数据保留多久？" } as const;
    expect(composeAnswer(samplePrompt("那企业版呢？", passages, [turn]))).toMatch(
      /企业版的数据保留 400 天。\[2\]/,
    );
  });

  it("that asks for more gets what was not said yet", () => {
    const answer = composeAnswer(
      samplePrompt(
        "Tell me more",
        [SAMPLE_PASSAGES.plans],
        [
          { role: "user", content: "Which plan has single sign-on?" },
          { role: "assistant", content: "Single sign-on comes with the Enterprise plan [1]." },
        ],
      ),
    );
    expect(answer).not.toContain("Single sign-on comes with");
    expect(answer).toMatch(/OpenID provider\.\[1\]|e-mail\.\[1\]/);
  });

  it("does not make an answer of a new subject that is nowhere", () => {
    expect(composeAnswer(samplePrompt("And for Kubernetes?", undefined, earlier))).toMatch(NOTHING_FOUND);
  });
});

describe("a message that is no question to the documents", () => {
  it("without a question is told so", () => {
    expect(composeAnswer([{ role: "system", content: "Answer." }])).toMatch(/no question/);
    expect(composeAnswer([])).toMatch(/no question/);
    expect(composeAnswer(samplePrompt("  "))).toMatch(/no question/);
  });

  it("that was not laid out by us is read as the question itself", () => {
    expect(composeAnswer([{ role: "user", content: "你好" }])).toMatch(/^你好/);
    expect(composeAnswer([{ role: "user", content: "How long are traces kept?" }])).toMatch(NOTHING_FOUND);
  });
});

/** The statements of an answer, each with the number behind it. */
function statementsOf(answer: string): { text: string; n: number }[] {
  const prose = answer.replace(/^\s*```[\s\S]*?^\s*```$/gm, "");
  return [...prose.matchAll(/([^\n]+?)\[(\d+)\][:：]?(?=\s|$|\p{Script=Han})/gmu)].map(
    ([, text = "", n]) => ({
      text: text.replace(/^\s*(?:-|\d+\.)\s/, "").trim(),
      n: Number(n),
    }),
  );
}

/** Text without anything that layout may change; a row's column names are in the header, not beside the cell. */
function wordsOf(text: string): string {
  return text
    .replace(/(?<=; |— )(?:name|default|meaning): /g, "")
    .replace(/\[\d+\]/g, "")
    .replace(/[\s\p{P}\p{S}]+/gu, "");
}
