import { withoutHidden } from "@/lib/domain/hidden-characters";
import type { Citation, RagRun, RunRecord } from "@/lib/domain/run-record";
import type { CitationSupport } from "@/lib/domain/support-facts";
import { isWithheld } from "@/lib/domain/withheld";
import { lexicalSupport, termWeights } from "./lexical-support";

type Result = RagRun["results"][number];

/** Checks every citation of a record by its words. Pure; a passage whose text was not kept cannot be checked. */
export function checkCitations(record: RunRecord): CitationSupport[] {
  const passages = passagesOf(record);
  const weigh = termWeights([...passages.values()].map(({ text }) => text));
  return record.citations.map((citation) => {
    const passage = passages.get(citation.passage_id);
    if (!passage || isWithheld(passage.text)) return { start: citation.start, support: null, evidence: null };
    const others = neighboursOf(citation, record.citations).flatMap(
      ({ passage_id }) => passages.get(passage_id) ?? [],
    );
    const { sentence } = citation;
    const claim = { sentence, question: record.message, passage, others };
    return { start: citation.start, ...lexicalSupport(claim, weigh) };
  });
}

/** The passages of a run by their ids, with their texts as the model got them. */
export function passagesOf({ rag_runs }: RunRecord): ReadonlyMap<string, Result> {
  const results = rag_runs.flatMap((run) => run.results);
  return new Map(
    results.map((result) => [result.passage_id, { ...result, text: withoutHidden(result.text) }]),
  );
}

/** Citations of other passages in the same sentence: those whose words this one's begin with. */
function neighboursOf(citation: Citation, citations: readonly Citation[]): Citation[] {
  const reach = citation.sentence.length + MARKS_LENGTH;
  return citations.filter(
    ({ passage_id, sentence, start }) =>
      passage_id !== citation.passage_id &&
      Math.abs(start - citation.start) <= reach &&
      sentence !== "" &&
      citation.sentence.startsWith(sentence),
  );
}

/** Room for the marks themselves, which a sentence is kept without. */
const MARKS_LENGTH = 40;
