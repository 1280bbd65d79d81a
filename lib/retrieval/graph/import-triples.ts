import { z } from "zod";
import { AppError } from "@/lib/errors";
import { sqlList, sqlText } from "@/lib/retrieval/index/index-table";
import type { PassageTable } from "@/lib/retrieval/index/passage-table";
import { documentIdOf } from "@/lib/retrieval/ingest/passage-id";
import { segment } from "@/lib/retrieval/text/segment";
import { type PassageTriples, storeTriples } from "./store-triples";
import type { Triple, TripleTable } from "./triple-table";

const LONGEST_PART = 400;
const part = z.string().trim().min(1).max(LONGEST_PART);
const statement = { subject: part, predicate: part, object: part };
/** A line names the passage, or the document by its name; then it goes to the passage that fits best. */
const lineSchema = z.union([
  z.strictObject({ passage_id: z.string().min(1), ...statement }),
  z.strictObject({ document: z.string().min(1), ...statement }),
]);
type Line = z.infer<typeof lineSchema> & { at: number };

interface TripleTables {
  passages: PassageTable;
  triples: TripleTable;
}

interface Place {
  document_id: string;
  passage_id: string;
  terms: ReadonlySet<string>;
}

/**
 * Takes triples from JSONL into a knowledge base: `{ "document" or "passage_id", "subject", "predicate",
 * "object" }` a line. They take the place of those imported before for the same documents. Throws
 * `invalid_request` that names the line where one cannot be read or refers to nothing; then nothing is stored.
 */
export async function importTriples(
  { passages, triples }: TripleTables,
  kbPrefix: string,
  jsonl: string,
): Promise<{ documents: number; triples: number }> {
  const lines = parseLines(jsonl);
  const places = await readPlaces(passages, kbPrefix, lines);
  const found = new Map<string, PassageTriples & { triples: Triple[] }>();
  for (const line of lines) {
    const { document_id, passage_id } = placeOf(line, places);
    const { subject, predicate, object } = line;
    const passage = found.get(passage_id) ?? { document_id, passage_id, triples: [] };
    passage.triples.push({ subject, predicate, object });
    found.set(passage_id, passage);
  }
  const documents = new Set([...found.values()].map(({ document_id }) => document_id)).size;
  return { documents, triples: await storeTriples(triples, kbPrefix, "import", [...found.values()]) };
}

function parseLines(jsonl: string): Line[] {
  const lines = jsonl.split(/\r?\n/).map((text, index) => ({ text, at: index + 1 }));
  return lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, at }) => {
      const parsed = lineSchema.safeParse(toJson(text));
      if (parsed.success) return { ...parsed.data, at };
      throw refusal(at, "expected document or passage_id, and subject, predicate and object as texts");
    });
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The passages of all documents that the lines name, by document and by their own id. */
async function readPlaces(table: PassageTable, kbPrefix: string, lines: readonly Line[]) {
  const documents = lines.flatMap((line) =>
    "document" in line ? documentIdOf(kbPrefix, line.document) : [],
  );
  const passages = lines.flatMap((line) => ("passage_id" in line ? line.passage_id : []));
  const named = `document_id IN ${sqlList([...new Set(documents)])} OR passage_id IN ${sqlList([...new Set(passages)])}`;
  const byDocument = new Map<string, Place[]>();
  const byPassage = new Map<string, Place>();
  const columns = ["document_id", "passage_id", "name", "words"] as const;
  for await (const batch of table.scan({
    columns,
    where: `kb_prefix = ${sqlText(kbPrefix)} AND (${named})`,
  })) {
    for (const { document_id, passage_id, name, words } of batch) {
      const place = { document_id, passage_id, terms: new Set(words.split(" ")) };
      byDocument.set(name, [...(byDocument.get(name) ?? []), place]);
      byPassage.set(passage_id, place);
    }
  }
  return { byDocument, byPassage };
}

function placeOf(line: Line, { byDocument, byPassage }: Awaited<ReturnType<typeof readPlaces>>): Place {
  if ("passage_id" in line) {
    const place = byPassage.get(line.passage_id);
    if (!place) throw refusal(line.at, `there is no passage ${line.passage_id}`);
    return place;
  }
  const terms = segment(`${line.subject} ${line.predicate} ${line.object}`);
  const held = ({ terms: words }: Place) => terms.filter((term) => words.has(term)).length;
  const places = byDocument.get(line.document) ?? [];
  const [best] = places.toSorted((a, b) => held(b) - held(a));
  if (!best) throw refusal(line.at, `there is no document "${line.document}"`);
  return best;
}

function refusal(line: number, why: string): AppError {
  return new AppError("invalid_request", `Triples, line ${line}: ${why}.`);
}
