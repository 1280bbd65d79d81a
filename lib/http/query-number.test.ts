import { describe, expect, it } from "vitest";
import { queryInteger, toCursor } from "./query-number";

describe("numbers in an address", () => {
  it.each(["1e1", "0x10", "", " 5", "-1", "1.5", "101", "0"])("refuse %j", (text) => {
    expect(queryInteger(1, 100).safeParse(text).success).toBe(false);
  });

  it("are taken within their range", () => {
    expect(queryInteger(1, 100).parse("100")).toBe(100);
    expect(toCursor("99999999999999999999")).toBe(Number.MAX_SAFE_INTEGER);
  });
});
