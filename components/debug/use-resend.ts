"use client";

import { useState } from "react";
import { request } from "@/components/chat/data/api-client";
import { statusOf } from "./run-state";

/** `nothing`: none of it waits any more. `failed`: the server could not be asked. */
type ResendState = "idle" | "sending" | "nothing" | "failed";

export interface Resend {
  state: ResendState;
  /** Has the trace sent to Langfuse once more, now. */
  send(): void;
}

/** Sending a failed trace again; what came of it is told by the run, which `onSent` asks for. */
export function useResend(requestId: string, onSent: () => void): Resend {
  const [last, setLast] = useState<{ requestId: string; state: ResendState }>({ requestId, state: "idle" });
  const state = last.requestId === requestId ? last.state : "idle";
  async function send(): Promise<void> {
    setLast({ requestId, state: "sending" });
    try {
      await request(`/api/debug/${encodeURIComponent(requestId)}/export`, { method: "POST" });
      setLast({ requestId, state: "idle" });
      onSent();
    } catch (error) {
      setLast({ requestId, state: statusOf(error) === 409 ? "nothing" : "failed" });
    }
  }
  return { state, send: () => void (state === "sending" ? undefined : send()) };
}
