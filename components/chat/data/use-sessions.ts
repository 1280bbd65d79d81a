import { mutate } from "swr";
import useSWRInfinite, { unstable_serialize } from "swr/infinite";
import type { SessionItem, SessionItems } from "@/lib/domain/api";
import { getJson, request, sendJson } from "./api-client";
import { announceChange } from "./tab-sync";

const loadPageSchema = () => import("@/lib/domain/api").then(({ sessionPageSchema }) => sessionPageSchema);

const PAGE_SIZE = 40;

function pageKey(_index: number, previous: SessionItems | null): string | null {
  if (previous && previous.next === null) return null;
  const before = previous?.next ? `&before=${encodeURIComponent(previous.next)}` : "";
  return `/api/sessions?limit=${PAGE_SIZE}${before}`;
}
const LIST_KEY = unstable_serialize(pageKey);

/** The conversations of this browser, newest first, pinned ones before all others. */
export function useSessions() {
  const { data, error, setSize } = useSWRInfinite(pageKey, (path) => getJson(path, loadPageSchema()), {
    revalidateFirstPage: true,
  });
  return {
    /** undefined while loading */
    sessions: data?.flatMap((page) => page.items),
    failed: error !== undefined,
    hasMore: data?.at(-1)?.next != null,
    showMore: () => void setSize((size) => size + 1),
  };
}

export async function refreshSessions(): Promise<void> {
  await mutate(LIST_KEY);
}

/** Renames or pins; shown at once, taken back when the server refuses. */
export async function updateSession(
  sessionId: string,
  patch: Partial<Pick<SessionItem, "title" | "pinned">>,
): Promise<void> {
  const apply = (pages: SessionItems[] | undefined) =>
    (pages ?? []).map((page) => ({
      ...page,
      items: page.items.map((item) => (item.session_id === sessionId ? { ...item, ...patch } : item)),
    }));
  await mutate<SessionItems[], Response>(LIST_KEY, sendJson("PATCH", `/api/sessions/${sessionId}`, patch), {
    optimisticData: (current) => apply(current),
    populateCache: (_answer, current) => apply(current),
    rollbackOnError: true,
    revalidate: true,
  });
  announceChange(sessionId);
  await mutate(`/api/sessions/${sessionId}`);
}

/** `keepalive` lets the request outlive the page. */
export async function deleteSession(sessionId: string): Promise<void> {
  await request(`/api/sessions/${sessionId}`, { method: "DELETE", keepalive: true });
  announceChange(sessionId);
}

/** Takes an exported conversation in; returns the id of the new one. Throws `ApiFailure` with what is wrong. */
export async function importSession(file: File): Promise<string> {
  const body = await file.text();
  const response = await request("/api/sessions/import", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const { importedSessionSchema } = await import("@/lib/domain/api");
  const { session_id } = importedSessionSchema.parse(await response.json());
  announceChange(null);
  await refreshSessions();
  return session_id;
}
