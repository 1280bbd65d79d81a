import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span } from "@/lib/domain/run-record";
import { anySpans } from "./any-spans.fixture";
import { sampleRecord } from "./run-record.fixture";
import { buildSpanTree, type SpanNode, toSpanRows } from "./span-tree";

const everything = { collapsed: new Set<string>(), matches: () => true };
const isError = (span: Span) => span.status === "error";

function flatten(nodes: readonly SpanNode[]): SpanNode[] {
  return nodes.flatMap((node) => [node, ...flatten(node.children)]);
}

describe("buildSpanTree", () => {
  it("brings out every span exactly once, whatever its parents", () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const ids = flatten(buildSpanTree(spans)).map(({ span }) => span.span_id);
        expect(ids.toSorted()).toEqual([...new Set(spans.map(({ span_id }) => span_id))].toSorted());
      }),
    );
  });

  it("keeps siblings in order of their start", () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const roots = buildSpanTree(spans);
        for (const siblings of [roots, ...flatten(roots).map(({ children }) => children)]) {
          const starts = siblings.map(({ span }) => span.offset_ms);
          expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it("puts children below the parent that they name", () => {
    const nodes = flatten(buildSpanTree(sampleRecord().spans));
    for (const { span, children } of nodes) {
      for (const child of children) expect(child.span.parent_span_id).toBe(span.span_id);
    }
    expect(nodes.filter(({ span }) => span.parent_span_id === null)).toHaveLength(1);
  });
});

describe("toSpanRows", () => {
  const roots = buildSpanTree(sampleRecord().spans);

  it("numbers siblings and counts levels as a tree of ARIA does", () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        for (const row of toSpanRows(buildSpanTree(spans), everything)) {
          expect(row.position).toBeGreaterThanOrEqual(1);
          expect(row.position).toBeLessThanOrEqual(row.setSize);
          expect(row.level === 1).toBe(row.parentId === null);
        }
      }),
    );
  });

  it("keeps the way to a match, dimmed, and nothing else", () => {
    const rows = toSpanRows(roots, { collapsed: new Set(), matches: isError });
    expect(rows.map(({ span, dimmed }) => [span.name, dimmed])).toEqual([
      ["rag_chat", true],
      ["rag_retrieval", true],
      ["graph_rank", false],
    ]);
  });

  it("hides what lies below a collapsed span but says that there is something", () => {
    const root = sampleRecord().spans[0];
    const rows = toSpanRows(roots, { ...everything, collapsed: new Set([root?.span_id ?? ""]) });
    expect(rows).toMatchObject([{ hasChildren: true, expanded: false }]);
  });

  it("says that nothing lies below a span whose children are all filtered out", () => {
    const rows = toSpanRows(roots, { collapsed: new Set(), matches: (span) => span.kind === "request" });
    expect(rows).toMatchObject([{ hasChildren: false, expanded: false }]);
  });
});
