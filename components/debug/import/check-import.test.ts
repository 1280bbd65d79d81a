import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiFailure } from "@/components/chat/data/api-client";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { checkSize, checkText, toImportProblem } from "./check-import";

const check = (value: unknown) => checkText(JSON.stringify(value))?.kind ?? null;

describe("checkText", () => {
  it("lets an exported run pass", () => {
    expect(check(sampleRecord())).toBeNull();
  });

  it("says what is wrong with a file that is none", () => {
    expect(checkSize(10_000_001)?.kind).toBe("tooLarge");
    expect(checkSize(10_000_000)).toBeNull();
    expect(checkText('{"v": 1,')?.kind).toBe("notJson");
    expect(check([])).toBe("notARun");
    expect(check({ v: "1" })).toBe("notARun");
    expect(check({ v: 2 })).toBe("later");
    expect(check({ v: 1, status: "running" })).toBe("running");
  });

  it("takes any text without an exception", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void checkText(text)));
    expect(checkText("[".repeat(100_000))?.kind).toBe("notJson");
  });
});

describe("toImportProblem", () => {
  it("keeps the server's sentence where it says more", () => {
    const refused = new ApiFailure(400, "invalid_request", "spans.0.kind: Invalid option");
    expect(toImportProblem(refused)).toEqual({ kind: "notARun", detail: "spans.0.kind: Invalid option" });
    expect(toImportProblem(new ApiFailure(413, "payload_too_large", "x")).kind).toBe("tooLarge");
    expect(toImportProblem(new TypeError("fetch failed"))).toEqual({ kind: "failed", detail: null });
  });
});
