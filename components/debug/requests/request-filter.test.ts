import { describe, expect, it } from "vitest";
import { isFiltered, lookIn, NO_FILTER, toListPath } from "./request-filter";

describe("toListPath", () => {
  it("names what is asked for and nothing else", () => {
    expect(toListPath(NO_FILTER, null)).toBe("/api/debug?sort=time&limit=50");
    const filter = { ...NO_FILTER, q: " a&b ", status: "error", min_ms: 2000, sort: "cost" } as const;
    expect(toListPath(filter, "abc")).toBe(
      "/api/debug?q=a%26b&status=error&min_ms=2000&sort=cost&before=abc&limit=50",
    );
  });
});

describe("lookIn", () => {
  it("asks Langfuse only for what it can tell, and comes back with the rest of the filter", () => {
    const filter = { ...NO_FILTER, q: "x", sort: "cost", feedback: "up" } as const;
    const there = lookIn("langfuse", filter);
    expect(toListPath(there, null)).toBe("/api/debug?q=x&sort=time&source=langfuse&limit=50");
    expect(lookIn(null, there)).toEqual({ ...NO_FILTER, q: "x" });
  });
});

describe("isFiltered", () => {
  it("is true as soon as something is left out, whatever the order", () => {
    expect(isFiltered({ ...NO_FILTER, sort: "cost", q: "  " })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, q: "x" })).toBe(true);
    expect(isFiltered({ ...NO_FILTER, feedback: "down" })).toBe(true);
  });
});
