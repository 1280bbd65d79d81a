import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { sampleEvents, sampleRequestId } from "@/lib/run-view/run-record.fixture";
import type { ConversationStore } from "@/lib/store/conversation-store";
import { createMemoryDebugStore } from "@/lib/store/debug-store";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { sampleTurn } from "@/lib/store/sample-conversation";
import { createSqliteConversationStore } from "@/lib/store/sqlite-conversation-store";
import { findRunPage } from "./find-run-page";

const clock = createFakeClock();

/** Looks for a stored run of the conversation `s`. */
async function find(browserId: string | null, conversations: Pick<ConversationStore, "conversation">) {
  const memory = createMemoryRunStore({ clock, ttlSeconds: 60, maxRuns: 1, maxBytes: 1_000_000 });
  const head = { request_id: sampleRequestId, session_id: "s", status: "success", started_at: 0 } as const;
  await memory.append({ ...head, truncated: 0, dropped: 0, payloads: [] }, sampleEvents);
  const runs = createMemoryDebugStore(memory);
  return findRunPage(sampleRequestId, browserId, { runs, archive: null, clock, conversations });
}

describe("the page of a request", () => {
  it("leads to its conversation for the browser that began it, and for no other", async () => {
    const conversations = createSqliteConversationStore({ path: ":memory:", clock, ttlDays: 1 });
    await conversations.addTurn(sampleTurn("s", 1));
    expect(await find("browser", conversations)).toEqual({ conversationPath: "/c/s" });
    expect(await find("another", conversations)).toEqual({ conversationPath: null });
    expect(await find(null, conversations)).toEqual({ conversationPath: null });
  });

  it("is there while conversations cannot be looked up", async () => {
    const conversation = () => Promise.reject(new AppError("unavailable", "Try again shortly."));
    expect(await find("browser", { conversation })).toEqual({ conversationPath: null });
  });
});
