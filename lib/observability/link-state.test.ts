import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { disabledTraceLink, type TraceLink } from "@/lib/domain/trace-link";
import { isSampled, type LinkEvent, moveLink, pendingLink, sampledOutLink, traceUrl } from "./link-state";

const url = traceUrl("https://langfuse.example", "p", "0".repeat(32));
const event: fc.Arbitrary<LinkEvent> = fc.constantFrom<LinkEvent>(
  { type: "taken", note: null },
  { type: "taken", note: "Langfuse rejected 1 of 9 observations" },
  { type: "not-taken", reason: "Langfuse is not reachable" },
  { type: "seen", url },
);
const walk = (events: readonly LinkEvent[], from: TraceLink = pendingLink()) => events.reduce(moveLink, from);

describe("a link", () => {
  it("goes pending → failed → exported → visible", () => {
    const failed = walk([{ type: "not-taken", reason: "Langfuse is not reachable" }]);
    expect(failed).toMatchObject({ state: "failed", reason: "Langfuse is not reachable" });
    const exported = moveLink(failed, { type: "taken", note: null });
    expect(exported).toMatchObject({ state: "exported", reason: null });
    expect(moveLink(exported, { type: "seen", url })).toEqual({
      state: "visible",
      url,
      reason: null,
      observation_base: `${url}?observation=`,
    });
  });

  it("has an address exactly while it is visible, and a reason whenever it failed", () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const link = walk(events);
        expect(link.url !== null).toBe(link.state === "visible");
        expect(link.observation_base !== null).toBe(link.state === "visible");
        if (link.state === "failed") expect(link.reason).toBeTruthy();
      }),
    );
  });

  it("never loses what was seen, nor what was taken", () => {
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (before, after) => {
        const link = walk(before);
        const later = walk(after, link).state;
        if (link.state === "visible") expect(later).toBe("visible");
        if (link.state === "exported") expect(["exported", "visible"]).toContain(later);
      }),
    );
  });

  it("keeps what was rejected of its trace when it becomes visible, and is seen again", () => {
    const note = "Langfuse rejected 1 of 9 observations";
    const once = walk([
      { type: "taken", note },
      { type: "seen", url },
    ]);
    expect(once.reason).toBe(note);
    expect(moveLink(once, { type: "seen", url })).toEqual(once);
  });

  it("that is disabled or sampled out stays so", () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const out = sampledOutLink("Left out");
        expect(walk(events, out)).toEqual(out);
        expect(walk(events, disabledTraceLink)).toEqual(disabledTraceLink);
      }),
    );
  });
});

describe("sampling", () => {
  it("takes all at 1, none at 0, and is the same whenever it is asked", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.double({ min: 0, max: 1, noNaN: true }), (id, rate) => {
        expect(isSampled(id, 1)).toBe(true);
        expect(isSampled(id, 0)).toBe(false);
        expect(isSampled(id, rate)).toBe(isSampled(id, rate));
      }),
    );
  });

  it("keeps about its share, and more of it at a higher rate", () => {
    const ids = fc.sample(fc.uuid({ version: 7 }), { numRuns: 4000, seed: 1 });
    const share = (rate: number) => ids.filter((id) => isSampled(id, rate)).length / ids.length;
    const random = Array.from({ length: 4000 }, () => crypto.randomUUID());
    const kept = random.filter((id) => isSampled(id, 0.25)).length / random.length;
    expect(kept).toBeGreaterThan(0.2);
    expect(kept).toBeLessThan(0.3);
    expect(share(0.1)).toBeLessThanOrEqual(share(0.5));
  });
});
