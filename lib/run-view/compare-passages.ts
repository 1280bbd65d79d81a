import type { ContextPassage, DropReason, RunRecord } from "@/lib/domain/run-record";

interface ComparedPassage {
  passage_id: string;
  title: string;
  heading: string;
}

/** A passage in one run's prompt alone. */
export interface LonePassage extends ComparedPassage {
  n: number;
  cited: boolean;
  /** What became of it in the other run. */
  elsewhere: DropReason | "not_retrieved";
}

/** A passage in both prompts; `moved` when it has another number there. */
export interface SharedPassage extends ComparedPassage {
  n_a: number;
  n_b: number;
  cited_a: boolean;
  cited_b: boolean;
  moved: boolean;
}

/** The passages in the prompts of two runs, each list by its number in the prompt (shared: in a's). */
export interface PassageComparison {
  count_a: number;
  count_b: number;
  only_in_a: LonePassage[];
  only_in_b: LonePassage[];
  in_both: SharedPassage[];
}

export function comparePassages(a: RunRecord, b: RunRecord): PassageComparison {
  const promptA = inPrompt(a);
  const promptB = inPrompt(b);
  return {
    count_a: promptA.size,
    count_b: promptB.size,
    only_in_a: lonePassages(promptA, promptB, b, titlesOf(a)),
    only_in_b: lonePassages(promptB, promptA, a, titlesOf(b)),
    in_both: sharedPassages(promptA, promptB, titlesOf(a)),
  };
}

function lonePassages(own: Prompt, other: Prompt, otherRun: RunRecord, titles: Titles): LonePassage[] {
  const fates = new Map(otherRun.context?.passages.map(({ passage_id, reason }) => [passage_id, reason]));
  return [...own.values()]
    .filter(({ passage_id }) => !other.has(passage_id))
    .map(({ passage_id, n, cited }) => {
      // One that was dropped without a stated reason counts as cut by the budget, the last step that drops.
      const elsewhere = fates.has(passage_id) ? (fates.get(passage_id) ?? "budget") : "not_retrieved";
      return { passage_id, ...titleOf(titles, passage_id), n, cited, elsewhere };
    });
}

function sharedPassages(promptA: Prompt, promptB: Prompt, titles: Titles): SharedPassage[] {
  return [...promptA.values()].flatMap(({ passage_id, n, cited }) => {
    const other = promptB.get(passage_id);
    if (!other) return [];
    const places = { n_a: n, n_b: other.n, cited_a: cited, cited_b: other.cited, moved: n !== other.n };
    return [{ passage_id, ...titleOf(titles, passage_id), ...places }];
  });
}

type Prompt = Map<string, Pick<ContextPassage, "passage_id" | "cited"> & { n: number }>;

function inPrompt({ context }: RunRecord): Prompt {
  const kept = (context?.passages ?? [])
    .filter(({ state }) => state === "in_prompt")
    .map(({ passage_id, n, position, cited }) => ({ passage_id, n: n ?? position, cited }))
    .toSorted((a, b) => a.n - b.n);
  return new Map(kept.map((passage) => [passage.passage_id, passage]));
}

type Titles = ReadonlyMap<string, { title: string; heading: string }>;

function titlesOf({ rag_runs }: RunRecord): Titles {
  const results = rag_runs.flatMap((run) => run.results);
  return new Map(results.map(({ passage_id, title, heading }) => [passage_id, { title, heading }]));
}

/** By its id where the results were cut. */
function titleOf(titles: Titles, passageId: string) {
  return titles.get(passageId) ?? { title: passageId, heading: "" };
}
