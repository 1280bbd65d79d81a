import { describe, expect, it, vi } from "vitest";

describe("AppError", () => {
  it("is known by another copy of its module, as Next may load one per route", async () => {
    const first = await import("./errors");
    vi.resetModules();
    const second = await import("./errors");
    expect(first.AppError).not.toBe(second.AppError);
    expect(new first.AppError("not_found", "Gone.")).toBeInstanceOf(second.AppError);
    expect(new Error("other")).not.toBeInstanceOf(first.AppError);
  });
});
