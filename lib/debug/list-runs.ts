import type { RunListItem, RunListPage } from "@/lib/domain/run-list";
import { AppError } from "@/lib/errors";
import type { ArchiveQuery, RunArchive } from "@/lib/observability/run-archive";
import { excerptAround } from "@/lib/run-view/mark-hits";
import type { RunPage, RunQuery, RunStore } from "@/lib/store/run-store";

/** As much of a question as the list shows at least; a hit in it needs no excerpt. */
const SHOWN_CHARACTERS = 40;
const EXCERPT_CHARACTERS = 160;

/** One page of recorded runs as the wire shows it. */
export async function listRuns(query: RunQuery, runs: Pick<RunStore, "list">): Promise<RunListPage> {
  return toWirePage(await runs.list(query), query.q);
}

/** The same of the runs that Langfuse keeps. Throws `unavailable` where there is no Langfuse. */
export async function listArchivedRuns(
  query: ArchiveQuery,
  archive: RunArchive | null,
): Promise<RunListPage> {
  if (!archive) throw new AppError("unavailable", "Langfuse is off, so there are no older requests.");
  return toWirePage(await archive.search(query), query.q);
}

function toWirePage({ items, next }: RunPage, q = ""): RunListPage {
  return { items: items.map((item) => toItem(item, q)), next };
}

function toItem(
  { summary: { answer, ...summary }, facts }: RunPage["items"][number],
  q: string,
): RunListItem {
  return {
    ...summary,
    excerpt: excerptOf(summary.message, answer, q),
    feedback: facts.feedback?.value ?? null,
    trace_state: facts.trace?.state ?? "disabled",
  };
}

function excerptOf(message: string, answer: string, q: string): string | null {
  if (excerptAround(message.slice(0, SHOWN_CHARACTERS), q, EXCERPT_CHARACTERS) !== null) return null;
  return excerptAround(message, q, EXCERPT_CHARACTERS) ?? excerptAround(answer, q, EXCERPT_CHARACTERS);
}
