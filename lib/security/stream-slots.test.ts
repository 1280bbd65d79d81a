import { describe, expect, it } from "vitest";
import { createStreamSlots } from "./stream-slots";

describe("places for answers", () => {
  it("are refused to a browser that has all of its own, and to everybody when all are taken", () => {
    const slots = createStreamSlots({ perBrowser: 2, all: 3 });
    slots.take("ada");
    slots.take("ada");
    expect(() => slots.take("ada")).toThrow(/browser/);
    slots.take("bob");
    try {
      slots.take("eve");
      expect.fail("a place too many");
    } catch (error) {
      expect(error).toMatchObject({
        code: "rate_limited",
        retryAfterSeconds: 5,
        issues: [{ path: "streams_max" }],
      });
    }
  });

  it("come back when an answer ends, once however often that is said", () => {
    const slots = createStreamSlots({ perBrowser: 1, all: 2 });
    slots.take("bob");
    const release = slots.take("ada");
    release();
    release();
    slots.take("ada");
    expect(() => slots.take("ada")).toThrow(/browser/);
    expect(() => slots.take("eve")).toThrow(/server/);
  });

  it("have no limit with 0", () => {
    const slots = createStreamSlots({ perBrowser: 0, all: 0 });
    for (let n = 0; n < 1000; n += 1) slots.take("ada");
  });
});
