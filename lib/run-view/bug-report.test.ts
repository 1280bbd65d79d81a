import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { buildBugReport } from "./bug-report";
import { sampleRecord } from "./run-record.fixture";

const report = (changes: Partial<ReturnType<typeof sampleRecord>> = {}) =>
  buildBugReport({ ...sampleRecord(), ...changes }, "1.2.3");

interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];

describe("buildBugReport", () => {
  it("says what went wrong, where, and with which settings", () => {
    const text = report();
    for (const part of [
      "Status: success",
      "`product:auto` by llm",
      "| hybrid_agent | ",
      "Dropped: 2 by budget",
      "## Errors\n\n- `graph_rank`: `",
      "model `gpt-4o`, temperature 0.2, top_k 6, context_tokens 1600, rerank true",
      "Sidetrace `1.2.3`, record format 1",
    ])
      expect(text).toContain(part);
  });

  it("says of what is not known that it is not known", () => {
    const text = report({ route_decision: null, rag_runs: [], context: null, answer: "" });
    for (const part of ["No answer.", "No route decision.", "Nothing was searched.", "No context was built."])
      expect(text).toContain(part);
  });

  it("keeps masked values masked", () => {
    expect(report({ message: "my key is •••" })).toContain("my key is •••");
  });

  it("holds any text as text: nothing in it ends a block, makes a heading, a link, an image or HTML", () => {
    const plain = new Set(all(parse(report())).map(({ type }) => type));
    const nasty = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom(
        "```\n# x",
        "````",
        "`",
        "``a`",
        "<script>",
        "![i](u)",
        "[l](u)",
        "|a|b|",
        "~~~\n- x",
        "\\",
        "a\n\n# b",
      ),
      fc
        .array(fc.constantFrom("`", "\n", "#", "|", "<b>", " ", "x"), { maxLength: 20 })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        const sample = sampleRecord();
        const markdown = report({
          message: text,
          answer: text,
          request_id: text,
          session_id: text,
          kb_prefix: text,
          settings: { ...sample.settings, model: text },
          route_decision: sample.route_decision && {
            ...sample.route_decision,
            reason: text,
            query: text,
            worker_name: text,
          },
          rag_runs: sample.rag_runs.map((run) => ({
            ...run,
            error: text,
            results: run.results.map((r) => ({ ...r, title: text })),
          })),
          spans: sample.spans.map((span) => ({ ...span, status: "error" as const, status_message: text })),
          trace: { ...sample.trace, reason: text },
        });
        const nodes = all(parse(markdown));
        expect(nodes.filter(({ type }) => !plain.has(type))).toEqual([]);
        expect(nodes.filter(({ type }) => type === "heading")).toHaveLength(7);
        expect(nodes.filter(({ type }) => type === "tableRow")).toHaveLength(sample.rag_runs.length + 1);
        const lines = (value: string | undefined) => value?.replace(/\r\n?/g, "\n");
        expect(lines(nodes.find(({ type }) => type === "code")?.value)).toBe(
          lines(text)?.replaceAll("\0", "\ufffd"),
        );
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
