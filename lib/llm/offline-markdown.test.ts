import { describe, expect, it } from "vitest";
import { parseMarkdown } from "./offline-markdown";

describe("reading Markdown", () => {
  it("finds headings, prose, lists, tables and code", () => {
    const text =
      "# Title\n\nFirst line\nof a paragraph. Second sentence!\n\n- one\n- two\n\n| a | b |\n|---|---|\n| `x|y` | z\\|w |\n\n```sh\nnpm start\n```";
    expect(parseMarkdown(text)).toEqual([
      { kind: "heading", text: "Title" },
      { kind: "prose", sentences: ["First line of a paragraph.", "Second sentence!"] },
      {
        kind: "list",
        items: [
          { number: null, text: "one", code: [] },
          { number: null, text: "two", code: [] },
        ],
      },
      { kind: "table", header: ["a", "b"], rows: [["`x|y`", "z|w"]] },
      { kind: "code", code: "```sh\nnpm start\n```" },
    ]);
  });

  it("keeps the numbers of steps, also of a list that a chunk begins in the middle of", () => {
    const [list] = parseMarkdown("3. Open it.\n4. Close it\n   and go on.");
    expect(list).toEqual({
      kind: "list",
      items: [
        { number: 3, text: "Open it.", code: [] },
        { number: 4, text: "Close it and go on.", code: [] },
      ],
    });
  });

  it("gives a step its code, indented or not", () => {
    const code = ["```\nrun\n```"];
    const items = [
      { number: 1, text: "Run:", code },
      { number: 2, text: "Wait.", code: [] },
    ];
    expect(parseMarkdown("1. Run:\n   ```\n   run\n   ```\n2. Wait.")).toEqual([{ kind: "list", items }]);
    expect(parseMarkdown("1. Run:\n\n```\nrun\n```\n\n2. Wait.")).toEqual([{ kind: "list", items }]);
  });

  it("closes a fence that a chunk was cut in, and drops an empty one", () => {
    expect(parseMarkdown("```js\nlet a;")).toEqual([{ kind: "code", code: "```js\nlet a;\n```" }]);
    expect(parseMarkdown("```\n```")).toEqual([]);
  });

  it("takes no decimal and no year for a list", () => {
    expect(parseMarkdown("The share was\n3.5 percent in\n2024. It grew.")).toEqual([
      { kind: "prose", sentences: ["The share was 3.5 percent in 2024.", "It grew."] },
    ]);
  });

  it.each([
    ["an image", "See ![the map](https://evil.example/x.png) here.", "See the map here."],
    ["a link beside the document", "See [Settings](settings.md#a).", "See Settings."],
    ["a reference number", "It was built in 1900.[12] It stands[^3] still [4].", "It was built in 1900."],
    ["tags", "One<br>two <b>three</b>.", "One two three."],
    ["comments", "Kept <!-- secret --> text.", "Kept text."],
  ])("leaves out of prose: %s", (_, text, expected) => {
    const [block] = parseMarkdown(text);
    expect(block?.kind === "prose" && block.sentences[0]).toBe(expected);
  });

  it("keeps web links, inline code and its brackets", () => {
    const text = "Read [this](https://example.com) and `list[1]`.";
    expect(parseMarkdown(text)).toEqual([{ kind: "prose", sentences: [text] }]);
  });

  it("joins Chinese lines without a space", () => {
    expect(parseMarkdown("年假须提前\n两周申请。")).toEqual([
      { kind: "prose", sentences: ["年假须提前两周申请。"] },
    ]);
  });

  it("reads a quotation and an admonition as prose", () => {
    expect(parseMarkdown("> [!NOTE]\n> Mind the gap.")).toEqual([
      { kind: "prose", sentences: ["Mind the gap."] },
    ]);
    expect(parseMarkdown(":::tip\nMind the gap.\n:::")).toEqual([
      { kind: "prose", sentences: ["Mind the gap."] },
    ]);
  });

  it("is linear in the length of the text", () => {
    const hard = [
      "|".repeat(20_000),
      "`".repeat(20_000),
      "[".repeat(20_000),
      "1. ".repeat(10_000),
      "a. ".repeat(10_000),
    ];
    const before = process.cpuUsage();
    for (const text of hard) parseMarkdown(`${text}\n|---|\n${text}`);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
  });
});
