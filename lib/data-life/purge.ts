import type { Scope } from "./scope";

/** One place where data is kept. */
export interface Place {
  name: string;
  /** Looks through all that it keeps; answers how many things there belong to the scope. */
  count(scope: Scope): Promise<number>;
  /** Removes them; what is gone already is no fault. */
  remove(scope: Scope): Promise<void>;
}

export interface PlaceReport {
  name: string;
  /** Null where it could not be looked into. */
  before: number | null;
  /** The same after removing; null for a dry run as well. */
  after: number | null;
  /** What went wrong there. */
  fault: string | null;
}

export interface PurgeReport {
  places: PlaceReport[];
  /** Whether every place was looked into again, and nothing was there. */
  complete: boolean;
}

/**
 * Removes everything in the scope from every place and then reads every place again. A place that fails does not
 * keep the others from it, and makes the purge incomplete.
 */
export async function purge(
  places: readonly Place[],
  scope: Scope,
  { dryRun }: { dryRun: boolean },
): Promise<PurgeReport> {
  const reports: PlaceReport[] = [];
  for (const place of places) reports.push(await look(place, scope));
  if (dryRun) return { places: reports, complete: false };
  for (const [at, place] of places.entries()) {
    await place.remove(scope).catch((error: unknown) => note(reports[at], error));
  }
  for (const [at, place] of places.entries()) {
    const { before, fault } = await look(place, scope);
    const report = reports[at];
    if (report) Object.assign(report, { after: before, fault: report.fault ?? fault });
  }
  return { places: reports, complete: reports.every(({ after, fault }) => after === 0 && fault === null) };
}

async function look(place: Place, scope: Scope): Promise<PlaceReport> {
  const report: PlaceReport = { name: place.name, before: null, after: null, fault: null };
  try {
    report.before = await place.count(scope);
  } catch (error) {
    note(report, error);
  }
  return report;
}

function note(report: PlaceReport | undefined, error: unknown): void {
  if (report) report.fault ??= error instanceof Error ? error.message : String(error);
}
