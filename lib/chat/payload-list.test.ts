import { describe, expect, it } from "vitest";
import type { Payload } from "@/lib/domain/payload";
import { createPayloadList } from "./payload-list";

const payload = (n: number, characters: number): Payload => ({
  span_id: n.toString(16).padStart(16, "0"),
  part: "output",
  value: "x".repeat(characters - 2),
  complete: true,
});

describe("the payloads of a run", () => {
  it("are kept and listed as long as there is room for them", () => {
    const list = createPayloadList();
    const megabyte = 1024 * 1024;
    const kept = [1, 2, 3, 4, 5].map((n) => list.add([payload(n, megabyte)]).length);
    expect(kept).toEqual([1, 1, 1, 1, 0]);
    expect(list.list().map(({ characters }) => characters)).toEqual([megabyte, megabyte, megabyte, megabyte]);
  });
});
