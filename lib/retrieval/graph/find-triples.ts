import { sqlList } from "@/lib/retrieval/index/index-table";
import type { PassageRow } from "@/lib/retrieval/index/passage-row";
import { extractTriples, type TripleModel } from "./extract-triples";
import { type PassageTriples, toTripleRows } from "./store-triples";
import type { Triple, TripleTable } from "./triple-table";

type AskedPassage = Pick<
  PassageRow,
  "passage_id" | "document_id" | "kb_prefix" | "title" | "heading" | "text"
>;

export interface FindOptions {
  /** Asks again for passages that have theirs. */
  again: boolean;
  signal: AbortSignal;
  onProgress(completed: number, total: number): void;
}

/** Calls at once for one document. */
const LANES = 4;
/** Passages whose triples are stored in one commit; a process that ends loses at most so many calls. */
const BATCH = 64;
/** A model that fails so often in a row is not asked about the rest of the document. */
const MAX_FAILURES = 8;

/**
 * Asks a model for the triples of passages that have none of a model yet, and stores them batch by batch;
 * nobody sees them before their passages. Returns how many passages it gave no answer for: those keep what
 * they had. Throws only the signal's reason, and what is wrong with the table.
 */
export async function findTriples(
  table: TripleTable,
  model: TripleModel,
  passages: readonly AskedPassage[],
  { again, signal, onProgress }: FindOptions,
): Promise<number> {
  const ask = createAsker(model, signal);
  let completed = 0;
  let unanswered = 0;
  for (let at = 0; at < passages.length; at += BATCH) {
    const batch = passages.slice(at, at + BATCH);
    const known = again ? new Set<string>() : await withTriples(table, batch);
    const queue = batch.values();
    const answers: PassageTriples[] = [];
    const lane = async () => {
      for (const passage of queue) {
        signal.throwIfAborted();
        const triples = known.has(passage.passage_id) ? "known" : await ask(passage);
        if (triples === null) unanswered += 1;
        else if (triples !== "known") answers.push({ ...passage, triples });
        onProgress(++completed, passages.length);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    await store(table, batch[0]?.kb_prefix ?? "", answers, again);
  }
  return unanswered;
}

/** Asks until the model has failed too often in a row; from then on the answer is null. */
function createAsker(model: TripleModel, signal: AbortSignal) {
  let failures = 0;
  return async (passage: AskedPassage): Promise<Triple[] | null> => {
    if (failures >= MAX_FAILURES) return null;
    const triples = await extractTriples(passage, model, signal);
    failures = triples === null ? failures + 1 : 0;
    return triples;
  };
}

const fromModelIn = (passages: readonly { passage_id: string }[]) =>
  `origin = 'model' AND passage_id IN ${sqlList(passages.map(({ passage_id }) => passage_id))}`;

async function withTriples(table: TripleTable, passages: readonly AskedPassage[]): Promise<Set<string>> {
  const rows = await table.select({ columns: ["passage_id"], where: fromModelIn(passages) });
  return new Set(rows.map(({ passage_id }) => passage_id));
}

async function store(
  table: TripleTable,
  kbPrefix: string,
  answers: readonly PassageTriples[],
  again: boolean,
): Promise<void> {
  const rows = toTripleRows(kbPrefix, "model", answers);
  if (rows.length > 0 || (again && answers.length > 0)) {
    await table.replace("triple_id", rows, fromModelIn(answers));
  }
}
