import { expect, test } from "vitest";
import type { SessionItem } from "@/lib/domain/api";
import { groupByDay } from "./group-by-day";

const NOW = new Date(2026, 2, 30, 0, 30).getTime();
function session(session_id: string, updatedAt: Date, pinned = false): SessionItem {
  return {
    session_id,
    title: "",
    created_at: 0,
    updated_at: updatedAt.getTime(),
    turns: 1,
    pinned,
    private: false,
  };
}

test("days are those of the calendar, not of 24 hours", () => {
  const groups = groupByDay(
    [
      session("a", new Date(2026, 2, 30, 0, 10)),
      session("b", new Date(2026, 2, 29, 23, 50)),
      session("c", new Date(2026, 2, 29, 0, 0)),
      session("d", new Date(2026, 2, 28, 23, 59)),
    ],
    NOW,
  );
  const ids = groups.map((group) => [group.day, group.sessions.map(({ session_id }) => session_id)]);
  expect(ids).toEqual([
    ["today", ["a"]],
    ["yesterday", ["b", "c"]],
    [new Date(2026, 2, 28).getTime(), ["d"]],
  ]);
});

test("pinned ones come first, whatever their day", () => {
  const groups = groupByDay([session("new", new Date(NOW)), session("old", new Date(2020, 0, 1), true)], NOW);
  expect(groups.map((group) => group.day)).toEqual(["pinned", "today"]);
});

test("a clock that is behind the server's puts nothing into the future", () => {
  expect(groupByDay([session("a", new Date(2026, 3, 1))], NOW)[0]?.day).toBe("today");
});
