import { expect, it } from "vitest";
import type { RunListItem } from "@/lib/domain/run-list";
import { mergePages } from "./merge-pages";

const item = (request_id: string, total_duration_ms: number | null) =>
  ({ request_id, total_duration_ms }) as RunListItem;

it("shows a run once, as the newer answer has it", () => {
  const pages = [
    { items: [item("a", 5), item("b", 4)], next: "n" },
    { items: [item("c", 3), item("a", null)], next: null },
  ];
  expect(mergePages(pages)).toEqual([item("a", 5), item("b", 4), item("c", 3)]);
});
