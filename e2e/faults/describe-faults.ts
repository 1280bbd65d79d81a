import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import type { FaultFacts, FaultGroup, FaultRow } from "./fault-row";

/** Makes the fault, looks, ends it, and sees that all is well again; what it saw is compared with the row. */
export interface FaultTest {
  run(row: FaultRow): Promise<FaultFacts>;
  /** Why it cannot be made on this machine; null where it can. */
  obstacle?: () => string | null;
}

const RESULTS = "test-results/faults";

/** A test for each row of the group, one after the other; what they saw is written to `test-results/faults`. */
export function describeFaults<Id extends string>(
  { id: group, rows }: FaultGroup<Id>,
  tests: Readonly<Record<Id, FaultTest>>,
): void {
  const results: Partial<Record<Id, FaultFacts>> = {};
  for (const id of Object.keys(rows) as Id[]) {
    const { run, obstacle = () => null } = tests[id];
    test(rows[id].fault.en, async (context) => {
      const reason = obstacle();
      if (reason !== null) {
        console.warn(`Left out: "${rows[id].fault.en}". ${reason}`);
        context.skip(reason);
      }
      const facts = await run(rows[id]);
      results[id] = facts;
      expect(facts).toEqual(rows[id].facts);
    });
  }
  afterAll(() => {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(`${RESULTS}/${group}.json`, `${JSON.stringify(results, null, 2)}\n`);
  });
}
