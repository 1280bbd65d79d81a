import type { SessionItem } from "@/lib/domain/api";

export interface DayGroup {
  /** `pinned`, `today`, `yesterday`, else the day's midnight in epoch milliseconds. */
  day: "pinned" | "today" | "yesterday" | number;
  sessions: SessionItem[];
}

/** Conversations by the local day of their last change, pinned ones in a group before all days. */
export function groupByDay(sessions: readonly SessionItem[], now: number): DayGroup[] {
  const today = midnight(now);
  const yesterday = midnight(today - 1);
  const groups = new Map<DayGroup["day"], SessionItem[]>();
  for (const session of sessions) {
    const day = session.pinned ? "pinned" : nameOf(midnight(session.updated_at), today, yesterday);
    groups.set(day, [...(groups.get(day) ?? []), session]);
  }
  return [...groups]
    .map(([day, items]) => ({ day, sessions: items }))
    .sort((a, b) => order(b.day) - order(a.day));
}

/** The start of a moment's day on this machine's calendar; days of 23 and 25 hours are days too. */
function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function nameOf(day: number, today: number, yesterday: number): DayGroup["day"] {
  if (day >= today) return "today";
  return day === yesterday ? "yesterday" : day;
}

function order(day: DayGroup["day"]): number {
  if (typeof day === "number") return day;
  return { pinned: 3, today: 2, yesterday: 1 }[day] * Number.MAX_SAFE_INTEGER;
}
