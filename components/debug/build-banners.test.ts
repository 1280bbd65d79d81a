import { describe, expect, it } from "vitest";
import { givenUpReason } from "@/lib/domain/trace-link";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { buildBanners } from "./build-banners";

const feed = {
  record: sampleRecord(),
  source: "redis",
  degraded: false,
  dropped: 0,
  truncated: 0,
  unreadable: 0,
} as const;
const kinds = (input: Parameters<typeof buildBanners>[0]) => buildBanners(input).map(({ kind }) => kind);

describe("buildBanners", () => {
  it("says nothing when all is well", () => {
    expect(kinds({ feed, broken: false, gone: false })).toEqual([]);
  });

  it("stacks what is wrong, the most urgent first", () => {
    const trace = { ...feed.record.trace, state: "failed" as const };
    const bad = {
      ...feed,
      record: { ...feed.record, trace },
      degraded: true,
      dropped: 3,
      truncated: 2,
      unreadable: 1,
    };
    expect(kinds({ feed: bad, broken: true, gone: false })).toEqual([
      "stream",
      "redis",
      "langfuse",
      "dropped",
      "truncated",
      "unreadable",
    ]);
    expect(buildBanners({ feed: bad, broken: false, gone: false }).map(({ n }) => n)).toEqual([
      0, 17, 3, 2, 1,
    ]);
  });

  it("offers to send a trace again, unless nothing of it waits any more", () => {
    const withTrace = (reason: string) => ({
      ...feed,
      record: { ...feed.record, trace: { ...feed.record.trace, state: "failed" as const, reason } },
    });
    const of = (reason: string) => buildBanners({ feed: withTrace(reason), broken: false, gone: false });
    expect(of("Langfuse is not reachable")).toMatchObject([{ kind: "langfuse", action: "resend" }]);
    expect(of(givenUpReason("Langfuse rejected it (400)", 3))).toMatchObject([
      { kind: "lost", action: null },
    ]);
  });

  it("says where an old run comes from", () => {
    expect(kinds({ feed: { ...feed, source: "langfuse" }, broken: false, gone: false })).toEqual(["expired"]);
    expect(kinds({ feed, broken: false, gone: true })).toEqual(["gone"]);
  });
});
