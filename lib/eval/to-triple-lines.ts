import { z } from "zod";

const text = z.string();
/** Triples of a document together, or one a line, as the evaluation sets have them. */
const lineSchema = z.union([
  z
    .object({ doc_id: text, triples: z.array(z.array(z.unknown())) })
    .transform(({ doc_id, triples }) =>
      triples.map(([subject, predicate, object]) => ({ document: doc_id, subject, predicate, object })),
    ),
  z
    .object({ doc_id: text, head: text, relation: text, tail: text })
    .transform(({ doc_id, head, relation, tail }) => [
      { document: doc_id, subject: head, predicate: relation, object: tail },
    ]),
]);

const LONGEST_PART = 200;

/**
 * Triples of an evaluation set as the lines that can be imported. Left out is what is no triple of texts (a model
 * made some of them) and what is a whole text where a name belongs.
 */
export function toTripleLines(jsonl: string): string {
  const lines = jsonl.split(/\r?\n/).filter((line) => line.trim() !== "");
  const triples = lines.flatMap((line) => lineSchema.parse(JSON.parse(line)));
  const isPart = (part: unknown) =>
    typeof part === "string" && part.trim() !== "" && part.length <= LONGEST_PART;
  const whole = triples.filter((one) => [one.subject, one.predicate, one.object].every(isPart));
  return whole.map((one) => JSON.stringify(one)).join("\n");
}
