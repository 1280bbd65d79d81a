import { importedIdPrefix } from "@/lib/domain/ids";
import type { Bucket } from "@/lib/domain/insights";
import { emptyRecord, reduceEvents } from "@/lib/run-view/reduce-run";
import type { RunPage, RunStore } from "@/lib/store/run-store";
import { aggregateRuns, type CountedRun, type Figures } from "./aggregate-runs";
import type { TimeRange } from "./langfuse-queries";

/** Newest runs that are read; a page with figures must not read a whole day of a busy server. */
const MAX_RUNS = 1000;
const PAGE_SIZE = 100;
const CONCURRENCY = 8;

interface StoreFigures extends Figures {
  complete: boolean;
}

/** The figures of the runs that are still in the debug store. Runs that go on and imported ones do not count. */
export async function readStore(
  range: TimeRange,
  bucket: Bucket,
  runs: Pick<RunStore, "list" | "read">,
): Promise<StoreFigures> {
  const { items, complete } = await listRange(range, runs);
  const counted: CountedRun[] = [];
  for (let at = 0; at < items.length; at += CONCURRENCY) {
    const slice = items.slice(at, at + CONCURRENCY);
    counted.push(...(await Promise.all(slice.map((item) => readCounted(item, runs)))).flat());
  }
  return { ...aggregateRuns(counted, bucket), complete };
}

async function listRange({ from, to }: TimeRange, runs: Pick<RunStore, "list">) {
  const items: RunPage["items"] = [];
  let before: string | undefined;
  do {
    const page: RunPage = await runs.list({
      sort: "time",
      limit: PAGE_SIZE,
      ...(before !== undefined && { before }),
    });
    const inside = page.items.filter(({ summary }) => summary.started_at >= from && summary.started_at < to);
    items.push(...inside.filter(({ summary }) => isCounted(summary)));
    const oldest = page.items.at(-1)?.summary.started_at ?? 0;
    before = oldest < from ? undefined : (page.next ?? undefined);
  } while (before !== undefined && items.length < MAX_RUNS);
  return { items: items.slice(0, MAX_RUNS), complete: before === undefined && items.length <= MAX_RUNS };
}

function isCounted({ request_id, status }: RunPage["items"][number]["summary"]): boolean {
  return status !== "running" && !request_id.startsWith(importedIdPrefix);
}

/** Nothing of a run that went meanwhile. */
async function readCounted(
  { summary, facts }: RunPage["items"][number],
  runs: Pick<RunStore, "read">,
): Promise<CountedRun[]> {
  const slice = await runs.read(summary.request_id, 0);
  if (!slice) return [];
  return [{ ...reduceEvents(emptyRecord(summary.request_id), slice.events), feedback: facts.feedback }];
}
