import { z } from "zod";
import { omit } from "zod/mini";
import { feedbackSchema } from "@/lib/domain/feedback";
import {
  type AnswerVersion,
  answerVersionSchema,
  type ConversationMessage,
  type ConversationShare,
  conversationShareSchema,
} from "@/lib/events/conversation-answer";
import { decodeAtRest, encodeAtRest } from "./at-rest-codec";
import type { SessionSummary } from "./conversation-store";

/** A version as it is kept: its feedback has a place of its own, so that a vote and the answer's end do not collide. */
export type StoredVersion = Omit<AnswerVersion, "feedback">;

const versionSchema = omit(answerVersionSchema, { feedback: true });
const placedSchema = z.object({ message_id: z.string() });
const shareFieldSchema = z.object({ share: z.nullable(conversationShareSchema) });
const feedbackFieldSchema = z.object({ feedback: z.nullable(feedbackSchema) });

/** A version whose answer is about to be made. */
export function runningVersion(requestId: string, question: string | null = null): StoredVersion {
  return {
    request_id: requestId,
    question,
    content: "",
    status: "running",
    sources: [],
    stats: null,
    error: null,
    cut_short: false,
  };
}

export const encodeVersion = (version: StoredVersion): string => encodeAtRest(version);
/** A version that says which answer it belongs to. */
export const encodePlacedVersion = (message_id: string, version: StoredVersion): string =>
  encodeAtRest({ message_id, ...version });
export const encodeFeedback = (feedback: AnswerVersion["feedback"]): string => encodeAtRest({ feedback });

export const encodeShare = (share: ConversationShare | null): string => encodeAtRest({ share });

export function decodeShare(share: string | null): ConversationShare | null {
  return share === null ? null : decodeAtRest(shareFieldSchema, share).share;
}

export function decodeVersion(version: string, feedback: string | null): AnswerVersion {
  return {
    ...decodeAtRest(versionSchema, version),
    feedback: feedback === null ? null : decodeAtRest(feedbackFieldSchema, feedback).feedback,
  };
}

/** Id of the answer that a version of `encodePlacedVersion` belongs to. */
export function messageIdOfVersion(version: string): string {
  return decodeAtRest(placedSchema, version).message_id;
}

/** What a search in a conversation looks at. */
export function searchableTexts(title: string, messages: readonly ConversationMessage[]): string[] {
  return [
    title,
    ...messages.flatMap((message) =>
      message.role === "user"
        ? [message.content]
        : message.versions.flatMap(({ content, question }) => [
            content,
            ...(question === null ? [] : [question]),
          ]),
    ),
  ];
}

/** Later than any instant: what is pinned ranks before all that is not. */
const PINNED = 1e15;

/** Rank of a conversation in its owner's list. */
export function rankOfSession({ pinned, updated_at }: Pick<SessionSummary, "pinned" | "updated_at">): number {
  return (pinned ? PINNED : 0) + updated_at;
}
