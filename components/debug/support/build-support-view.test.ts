import { describe, expect, it } from "vitest";
import type { Citation } from "@/lib/domain/run-record";
import { buildSupportView } from "./build-support-view";

const cite = (start: number, support: number | null): Citation => ({
  n: 1,
  passage_id: "a",
  sentence: `Sentence at ${start}`,
  start,
  end: start + 3,
  support,
});

describe("the citations of an answer", () => {
  it("come with the unsupported first and the mean of those that were checked", () => {
    const view = buildSupportView({ citations: [cite(1, 0.9), cite(2, null), cite(3, 0.3), cite(4, 0.6)] });
    expect(view?.rows.map(({ key }) => key)).toEqual(["3", "1", "2", "4"]);
    expect(view).toMatchObject({ unsupported: 1 });
    expect(view?.mean).toBeCloseTo(0.6);
  });

  it("that were not checked are neither supported nor unsupported", () => {
    const view = buildSupportView({ citations: [cite(1, null)] });
    expect(view).toMatchObject({ mean: null, unsupported: 0 });
  });

  it("are nothing to show where there are none", () => {
    expect(buildSupportView({ citations: [] })).toBeNull();
  });
});
