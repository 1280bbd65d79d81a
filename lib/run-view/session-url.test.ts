import { describe, expect, it } from "vitest";
import { disabledTraceLink } from "@/lib/domain/trace-link";
import { sessionUrlOf } from "./session-url";

const session_id = "0199c2f1-3e4f-4000-8000-000000000001";
const run = (url: string | null) => ({ session_id, trace: { ...disabledTraceLink, url } });

describe("the page of a conversation", () => {
  it("lies beside the trace's, also below a path", () => {
    const url = "https://example.com/langfuse/project/p%2F1/traces/0199c2f13e4f70008000000000000000";
    expect(sessionUrlOf(run(url))).toBe(`https://example.com/langfuse/project/p%2F1/sessions/${session_id}`);
  });

  it("is unknown until the trace is visible, and for a run without a conversation", () => {
    expect(sessionUrlOf(run(null))).toBeNull();
    expect(sessionUrlOf({ ...run("https://example.com/project/p/traces/t"), session_id: "" })).toBeNull();
  });
});
