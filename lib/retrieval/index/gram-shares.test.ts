import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { documentRows } from "@/lib/retrieval/ingest/document-rows";
import { digest } from "@/lib/retrieval/ingest/passage-id";
import { findGramShares, rareGrams } from "./gram-shares";
import { connectLance } from "./lance-table";
import { createPassageTable } from "./passage-table";

const RARE = "qzx";
const COMMON = "ing";

/** An index of as many passages, all of which have one gram and one in twenty another. */
async function openIndex(passages: number) {
  const folder = await mkdtemp(join(tmpdir(), "gram-shares-"));
  const database = await connectLance(folder);
  onTestFinished(async () => {
    database.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const document = {
    kbPrefix: "boats",
    name: "a.md",
    source: "# Boat\n\nRowing.",
    origin: "upload",
  } as const;
  const rows = documentRows(document, (text) => text.length, 0).flatMap((row) =>
    Array.from({ length: passages }, (_, at) => ({
      ...row,
      passage_id: digest([String(at)]),
      trigrams: at % 20 === 0 ? `${COMMON} ${RARE}` : COMMON,
    })),
  );
  return createPassageTable(database, rows);
}

describe("shares of grams", () => {
  it("are of those that are not rare in a large index", async () => {
    const common = await findGramShares(await openIndex(5000));
    expect([...common.keys()].sort()).toEqual([COMMON, RARE]);
    expect(common.get(COMMON)).toBe(1);
    expect(common.get(RARE)).toBeCloseTo(0.05, 1);
  });

  it("are none in a small index", async () => {
    expect(await findGramShares(await openIndex(50))).toEqual(new Map());
  });
});

describe("the grams that are looked for", () => {
  const gram = fc.stringMatching(/^[a-f]{2}$/);
  const grams = fc
    .uniqueArray(gram, { maxLength: 40 })
    .map((terms) => terms.map((term) => ({ term, weight: 1 })));
  const shares = fc
    .dictionary(gram, fc.double({ min: 0.01, max: 1, noNaN: true }))
    .map((all) => new Map(Object.entries(all)));

  it("are the rarest: ten in any case, sixteen at most, and between these what is not common", () => {
    fc.assert(
      fc.property(grams, shares, (all, known) => {
        fc.pre(known.size > 0);
        const kept = rareGrams(all, known);
        const left = all.filter((one) => !kept.includes(one));
        const share = ({ term }: { term: string }) => known.get(term) ?? 0;
        expect(all).toEqual(expect.arrayContaining(kept));
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(all.length, 10));
        expect(kept.length).toBeLessThanOrEqual(16);
        const leastLeft = Math.min(...left.map(share));
        expect(kept.every((one) => share(one) <= leastLeft)).toBe(true);
        if (kept.length < 16) expect(left.every((one) => share(one) > 0.1)).toBe(true);
        if (kept.length > 10) expect(kept.every((one) => share(one) <= 0.1)).toBe(true);
      }),
    );
  });

  it("are all of a small index", () => {
    fc.assert(
      fc.property(grams, (all) => {
        expect(rareGrams(all, new Map())).toEqual(all);
      }),
    );
  });
});
