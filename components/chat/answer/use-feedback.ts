"use client";

import { useState } from "react";
import type { Feedback, FeedbackValue } from "@/lib/domain/feedback";
import { sendJson } from "../data/api-client";
import { refreshConversation, showFeedback } from "../data/use-conversation";

export interface FeedbackDetail {
  reasons: Feedback["reasons"];
  comment: string;
}

/** Votes on one answer: shown at once, taken back with a word when the server does not take it. */
export function useFeedback(sessionId: string, requestId: string) {
  const [failed, setFailed] = useState(false);
  const vote = async (value: FeedbackValue | null, detail: FeedbackDetail = { reasons: [], comment: "" }) => {
    setFailed(false);
    const comment = detail.comment.trim();
    const feedback = value && { value, reasons: detail.reasons, comment: comment || null, at: Date.now() };
    await showFeedback(sessionId, requestId, feedback);
    const body = { request_id: requestId, value, reasons: detail.reasons, ...(comment ? { comment } : {}) };
    await sendJson("POST", "/api/feedback", body).catch(async () => {
      setFailed(true);
      await refreshConversation(sessionId);
    });
  };
  return { failed, vote: (...args: Parameters<typeof vote>) => void vote(...args) };
}
