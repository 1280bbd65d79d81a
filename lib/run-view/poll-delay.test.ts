import { describe, expect, it } from "vitest";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import { nextPollMs, unbornPollMs } from "./poll-delay";

const seen = { broken: false, linkPolls: 0, hidden: false, awaitsSupport: false };
const done = (state: "visible" | "exported" | "failed" | "disabled" | "pending") =>
  ({ status: "success", trace: { ...disabledTraceLink, state } }) as const;
const running = { ...done("pending"), status: "running" } as const;

describe("nextPollMs", () => {
  it("asks about three times a second while a run goes on, rarely when nobody looks", () => {
    expect(nextPollMs({ ...seen, run: running })).toBe(300);
    expect(nextPollMs({ ...seen, run: running, hidden: true })).toBe(5000);
  });

  it("asks ever more slowly for a minute until the trace can be seen, then leaves it to the reader", () => {
    const delays = [0, 1, 2, 3, 4, 5].map((linkPolls) =>
      nextPollMs({ ...seen, run: done("exported"), linkPolls }),
    );
    expect(nextPollMs({ ...seen, run: done("failed"), linkPolls: 1 })).toBe(4000);
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 30_000, null]);
    expect(delays.reduce<number>((sum, delay) => sum + (delay ?? 0), 0)).toBe(60_000);
  });

  it("asks soon for the support of an answer's citations, and gives it up within a quarter of a minute", () => {
    const run = done("disabled");
    const delays = Array.from({ length: 7 }, (_, linkPolls) =>
      nextPollMs({ ...seen, run, linkPolls, awaitsSupport: true }),
    );
    expect(delays).toEqual([200, 500, 1000, 2000, 4000, 8000, null]);
    expect(nextPollMs({ ...seen, run: done("exported"), linkPolls: 0, awaitsSupport: true })).toBe(200);
  });

  it("stops when nothing more is to come", () => {
    for (const state of ["visible", "disabled"] as const) {
      expect(nextPollMs({ ...seen, run: done(state) })).toBeNull();
    }
  });

  it("tries each two seconds when an answer failed, and later when nobody looks", () => {
    expect(nextPollMs({ ...seen, run: null, broken: true })).toBe(2000);
    expect(nextPollMs({ ...seen, run: running, broken: true, hidden: true })).toBe(5000);
  });
});

describe("unbornPollMs", () => {
  it("waits for a request that was just made and not for an old one", () => {
    const mintedAt = 0x0199_c2f1_3e4f;
    const requestId = "0199c2f1-3e4f-7000-8000-000000000000";
    expect([unbornPollMs(requestId, mintedAt + 900), unbornPollMs(requestId, mintedAt + 60_000)]).toEqual([
      400,
      null,
    ]);
    expect(unbornPollMs("not-an-id", mintedAt)).toBeNull();
  });
});
