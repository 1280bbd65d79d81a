import { z } from "zod";
import { until } from "@/lib/store/until";
import type { Client } from "../support/ask";

/** An answer that was accepted: its `start` frame came. */
export interface AcceptedAnswer {
  requestId: string;
  sessionId: string;
  /** What the stream gave. */
  text: string;
  status: "success" | "error" | "aborted";
}

const sessionSchema = z.object({
  messages: z.array(
    z.object({
      versions: z
        .array(z.object({ request_id: z.string(), content: z.string(), status: z.string() }))
        .default([]),
    }),
  ),
});

const FOUND_MS = 20_000;

/** What a conversation has of an answer, as `status` and text; null when it has nothing. */
export async function readAnswer(client: Client, { sessionId, requestId }: AcceptedAnswer) {
  const response = await client.fetch(`/api/sessions/${sessionId}`);
  if (!response.ok) return null;
  const { messages } = sessionSchema.parse(await response.json());
  const versions = messages.flatMap(({ versions }) => versions);
  return versions.find(({ request_id }) => request_id === requestId) ?? null;
}

/** Waits until the conversations have every answer to its last character; throws with what is lost. */
export async function expectKept(client: Client, answers: readonly AcceptedAnswer[]): Promise<void> {
  const lost = new Set(answers);
  const look = async () => {
    for (const answer of lost) {
      const kept = await readAnswer(client, answer);
      if (kept?.content === answer.text && kept.status === answer.status) lost.delete(answer);
    }
    return lost.size === 0;
  };
  await until(look, FOUND_MS).catch(() => {
    throw new Error(`Lost: ${JSON.stringify([...lost].map(({ text, ...answer }) => answer))}`);
  });
}
