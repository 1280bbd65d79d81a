import type { Feedback } from "@/lib/domain/feedback";
import type { ConversationShare } from "@/lib/events/conversation-answer";
import type { StoredVersion } from "./conversation-codec";
import type { NewTurn } from "./conversation-store";

/** Data of invented conversations, for tests: turn n of a session asks `u<n>` and is answered by `m<n>`. */
export function sampleTurn(session_id: string, n: number, changes: Partial<NewTurn> = {}): NewTurn {
  return {
    session_id,
    owner: "browser",
    title: `Title of ${session_id}`,
    private: false,
    at: 1000 + n,
    user: {
      message_id: `${session_id}-u${n}`,
      content: `question ${n} of ${session_id}`,
      after: n > 1 ? `${session_id}-r${n - 1}` : null,
    },
    assistant: { message_id: `${session_id}-m${n}`, request_id: `${session_id}-r${n}` },
    ...changes,
  };
}

export function samplePlace(session_id: string, n: number) {
  return { session_id, message_id: `${session_id}-m${n}`, owner: "browser" };
}

export function sampleVersion(request_id: string, changes: Partial<StoredVersion> = {}): StoredVersion {
  return {
    request_id,
    question: null,
    content: `answer of ${request_id}`,
    status: "success",
    sources: [
      {
        n: 1,
        passage_id: "p1",
        document_id: "d1",
        title: "Keys",
        heading: "Rotation",
        snippet: "Keys are rotated …",
        relevance: null,
        url: "/kb/handbook/d1#p1",
      },
    ],
    stats: {
      kb_prefix: "handbook",
      agents_completed: 3,
      agents_failed: 0,
      agents_total: 3,
      passages_retrieved: 14,
      total_duration_ms: 1200.5,
    },
    error: null,
    cut_short: false,
    ...changes,
  };
}

export const sampleFeedback: Feedback = {
  value: "down",
  reasons: ["wrong", "source"],
  comment: "No.",
  at: 9,
};

export const sampleShare: ConversationShare = {
  share_id: "aL0ngSecret",
  at: 5000,
  title: "Shared",
  request_ids: ["s-r1"],
};
