import { describe, expect, it } from "vitest";
import { keepingSink } from "@/lib/chat/chat-service.fixture";
import { createMemoryDebugStore } from "@/lib/store/debug-store";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createMemoryRunStore } from "@/lib/store/memory-run-store";
import { createMemoryStreamStore } from "@/lib/store/memory-stream-store";
import { sampleEvents, sampleHead } from "@/lib/store/sample-run";
import { createSqliteConversationStore } from "@/lib/store/sqlite-conversation-store";
import { deleteRun, resendRun } from "./read-run";

/** Ports of which the sink has the given runs waiting. */
function setup(waiting: string[] = []) {
  const clock = createFakeClock();
  const waits = new Set(waiting);
  const memory = createMemoryRunStore({ clock, ttlSeconds: 60, maxRuns: 9, maxBytes: 1e6 });
  const ports = {
    runs: createMemoryDebugStore(memory),
    streams: createMemoryStreamStore({ clock }),
    conversations: createSqliteConversationStore({ path: ":memory:", clock, ttlDays: 1 }),
    archive: null,
    clock,
    isLive: () => false,
    sink: {
      ...keepingSink(),
      discard: async (requestId: string) => waits.delete(requestId),
      resend: async (requestId: string) => waits.has(requestId),
    },
  };
  return { ports, waits, memory };
}

describe("deleting a run", () => {
  it("takes what waits for Langfuse with it", async () => {
    const { ports, waits, memory } = setup(["a", "b"]);
    await memory.append(sampleHead("a"), sampleEvents("a", 1, 2));
    await deleteRun("a", ports);
    expect(await memory.read("a", 0)).toBeNull();
    expect([...waits]).toEqual(["b"]);
  });

  it("works for one of which nothing but that is left", async () => {
    const { ports, waits } = setup(["a"]);
    await deleteRun("a", ports);
    expect(waits.size).toBe(0);
    await expect(deleteRun("a", ports)).rejects.toMatchObject({ code: "not_found" });
  });
});

it("sending again what does not wait is a conflict", async () => {
  const { ports } = setup(["a"]);
  await resendRun("a", ports);
  await expect(resendRun("b", ports)).rejects.toMatchObject({ code: "conflict" });
});
