import type { Span } from "@/lib/domain/run-record";

export interface SpanNode {
  span: Span;
  children: SpanNode[];
}

/** One visible line of the tree. */
export interface SpanRow {
  span: Span;
  /** From 1, as `aria-level` counts. */
  level: number;
  /** Visible siblings, itself included, and its place among them from 1. */
  setSize: number;
  position: number;
  parentId: string | null;
  hasChildren: boolean;
  expanded: boolean;
  /** Kept only because something below it matches the filter. */
  dimmed: boolean;
}

interface RowOptions {
  collapsed: ReadonlySet<string>;
  matches(span: Span): boolean;
}

/**
 * Spans as a forest, siblings in order of their start. A span whose parent is unknown becomes a root, and so
 * does one that is its own ancestor: every span comes out exactly once, whatever was lost on the way.
 */
export function buildSpanTree(spans: readonly Span[]): SpanNode[] {
  const nodes = new Map(spans.map((span): [string, SpanNode] => [span.span_id, { span, children: [] }]));
  const roots: SpanNode[] = [];
  for (const node of nodes.values()) {
    const parent = isOwnAncestor(node, nodes) ? undefined : parentOf(node, nodes);
    (parent?.children ?? roots).push(node);
  }
  for (const node of nodes.values()) node.children.sort(byStart);
  return roots.sort(byStart);
}

/** The lines that are seen: what matches, what leads to a match, and nothing below a collapsed span. */
export function toSpanRows(roots: readonly SpanNode[], options: RowOptions): SpanRow[] {
  return listRows(
    roots.filter((node) => leadsToMatch(node, options.matches)),
    null,
    1,
    options,
  );
}

function listRows(
  siblings: readonly SpanNode[],
  parentId: string | null,
  level: number,
  options: RowOptions,
): SpanRow[] {
  return siblings.flatMap((node, index) => {
    const { span } = node;
    const children = node.children.filter((child) => leadsToMatch(child, options.matches));
    const expanded = children.length > 0 && !options.collapsed.has(span.span_id);
    const row: SpanRow = {
      span,
      level,
      setSize: siblings.length,
      position: index + 1,
      parentId,
      hasChildren: children.length > 0,
      expanded,
      dimmed: !options.matches(span),
    };
    return expanded ? [row, ...listRows(children, span.span_id, level + 1, options)] : [row];
  });
}

function leadsToMatch(node: SpanNode, matches: RowOptions["matches"]): boolean {
  return matches(node.span) || node.children.some((child) => leadsToMatch(child, matches));
}

function parentOf(node: SpanNode, nodes: ReadonlyMap<string, SpanNode>): SpanNode | undefined {
  return node.span.parent_span_id === null ? undefined : nodes.get(node.span.parent_span_id);
}

function isOwnAncestor(node: SpanNode, nodes: ReadonlyMap<string, SpanNode>): boolean {
  const seen = new Set<SpanNode>();
  let ancestor = parentOf(node, nodes);
  while (ancestor && ancestor !== node && !seen.has(ancestor)) {
    seen.add(ancestor);
    ancestor = parentOf(ancestor, nodes);
  }
  return ancestor === node;
}

function byStart(a: SpanNode, b: SpanNode): number {
  return a.span.offset_ms - b.span.offset_ms;
}
