import type { Citation } from "./run-record";

/** Mean support of the citations that were checked, in [0, 1]; null when none was. */
export function meanSupport(citations: readonly Pick<Citation, "support">[]): number | null {
  const checked = citations.flatMap(({ support }) => support ?? []);
  return checked.length > 0 ? checked.reduce((sum, support) => sum + support, 0) / checked.length : null;
}
