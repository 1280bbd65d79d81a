import type { RunRecord } from "@/lib/domain/run-record";
import { buildBugReport } from "@/lib/run-view/bug-report";
import { version } from "@/package.json";

/** The report on a run; in a chunk of its own, since the version comes with the whole package file. */
export function bugReportOf(record: RunRecord): string {
  return buildBugReport(record, version);
}
