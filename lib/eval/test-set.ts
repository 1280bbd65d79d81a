import { z } from "zod";

/** A collection with questions and the documents that answer them, as BEIR lays it out. */
export interface TestSet {
  documents: TestDocument[];
  /** Those with at least one judgment. */
  queries: TestQuery[];
  /** For each query the gains of its documents. */
  judgments: Map<string, Map<string, number>>;
}

export interface TestDocument {
  id: string;
  title: string;
  text: string;
}

export interface TestQuery {
  id: string;
  text: string;
  /** Earlier turns, oldest first. */
  history: string[];
}

/** The files of a set: JSONL, judgments also as BEIR's table of query, document and gain with tabs between. */
export interface TestSetFiles {
  corpus: string;
  queries: string;
  qrels: string;
}

const idSchema = z.union([z.string(), z.number()]).transform(String);
const identified = z.object({ id: z.optional(idSchema), _id: z.optional(idSchema) });
const documentSchema = identified
  .extend({ title: z.string().nullish(), text: z.string() })
  .transform(({ id, _id, title, text }, context) => ({
    id: ownId(id ?? _id, context),
    title: title ?? "",
    text,
  }));
const turnSchema = z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]);
const querySchema = identified
  .extend({ text: z.string(), history: z.array(turnSchema).nullish() })
  .transform(({ id, _id, text, history }, context) => ({
    id: ownId(id ?? _id, context),
    text,
    history: history ?? [],
  }));
const judgmentSchema = z
  .object({
    query_id: idSchema,
    doc_id: z.optional(idSchema),
    corpus_id: z.optional(idSchema),
    relevance: z.number().default(1),
  })
  .transform(({ query_id, doc_id, corpus_id, relevance }, context) => {
    return { query: query_id, document: ownId(doc_id ?? corpus_id, context), gain: relevance };
  });
type Judgment = z.output<typeof judgmentSchema>;

/** Reads a set. Throws an error that names the file and the line where one cannot be read. */
export function parseTestSet({ corpus, queries, qrels }: TestSetFiles): TestSet {
  const judgments = new Map<string, Map<string, number>>();
  for (const { query, document, gain } of parseJudgments(qrels)) {
    const gains = judgments.get(query) ?? new Map<string, number>();
    judgments.set(query, gains.set(document, gain));
  }
  const asked = parseLines("queries", queries, querySchema);
  return {
    documents: parseLines("corpus", corpus, documentSchema),
    queries: asked.filter(({ id }) => judgments.has(id)),
    judgments,
  };
}

function parseJudgments(text: string): Judgment[] {
  if (/^\s*(?:\{|$)/.test(text)) return parseLines("qrels", text, judgmentSchema);
  return linesOf(text).flatMap(({ line, at }) => {
    const cells = line.split("\t");
    const [query, document, gain] = cells.length === 4 ? [cells[0], cells[2], cells[3]] : cells;
    if (at === 1 && !Number.isFinite(Number(gain))) return [];
    if (!query || !document || !Number.isFinite(Number(gain ?? Number.NaN))) {
      throw new Error(`qrels, line ${at}: not a query, a document and a number with tabs between them`);
    }
    return [{ query, document, gain: Number(gain) }];
  });
}

function parseLines<T>(file: string, text: string, schema: z.ZodType<T>): T[] {
  return linesOf(text).map(({ line, at }) => {
    const parsed = schema.safeParse(toJson(line));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const path = issue?.path.join(".");
    throw new Error(`${file}, line ${at}: ${path ? `${path}: ` : ""}${issue?.message}`);
  });
}

function linesOf(text: string): { line: string; at: number }[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, at: index + 1 }));
  return lines.filter(({ line }) => line.trim() !== "");
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function ownId(id: string | undefined, context: z.RefinementCtx): string {
  if (id === undefined) context.addIssue({ code: "custom", message: "has no id" });
  return id ?? "";
}
