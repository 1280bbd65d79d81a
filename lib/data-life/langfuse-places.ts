import { toTraceId } from "@/lib/domain/ids";
import type { Eraser } from "@/lib/observability/eraser";
import { userIdOf } from "@/lib/security/user-id";
import type { Place } from "./purge";
import type { Scope } from "./scope";

/** How often Langfuse, which deletes in the background, is asked whether it has, and how long in between. */
const TRIES = 40;
const PAUSE_MS = 3000;

/** What Langfuse keeps. Scores and items of datasets are removed before the traces by which they are found. */
export function langfusePlaces(eraser: Eraser, wait: (ms: number) => Promise<unknown>): Place[] {
  /** Traces are found once: when they are gone, what belonged to them must still be looked for. */
  let known: Promise<string[]> | null = null;
  const tracesOf = (scope: Scope) => eraser.traces(toQuery(scope));
  const knownTraces = (scope: Scope) => {
    known ??= tracesOf(scope).then((found) => [...new Set([...found, ...scope.requestIds.map(toTraceId)])]);
    return known;
  };
  const settled = async (count: () => Promise<number>) => {
    for (let tries = 1; tries < TRIES && (await count()) > 0; tries += 1) await wait(PAUSE_MS);
  };
  const place = (
    name: string,
    find: (scope: Scope) => Promise<string[]>,
    remove: Eraser["removeTraces"],
  ): Place => ({
    name,
    count: async (scope) => (await find(scope)).length,
    async remove(scope) {
      await remove(await find(scope));
      await settled(async () => (await find(scope)).length);
    },
  });
  return [
    place(
      "Langfuse: items of datasets",
      async (scope) => eraser.datasetItems(await knownTraces(scope)),
      eraser.removeDatasetItems,
    ),
    place("Langfuse: scores", async (scope) => eraser.scores(await knownTraces(scope)), eraser.removeScores),
    place("Langfuse: traces", tracesOf, eraser.removeTraces),
  ];
}

function toQuery({ requestIds, sessionIds, browserId, documentId }: Scope) {
  return {
    traceIds: requestIds.map(toTraceId),
    sessionIds,
    userId: browserId === null ? null : userIdOf(browserId),
    documentId,
  };
}
