import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { systemClock } from "@/lib/domain/clock";
import type { Source } from "@/lib/events/chat-frame";
import { createSqliteConversationStore } from "@/lib/store/sqlite-conversation-store";

/** What an answer of a model looks like: prose, a list, a table, code, citations. */
const answerText = (n: number) =>
  [
    `Answer ${n}: keys rotate **in place**, and the old one keeps working for ${n} hours.[1]`,
    "- create the new key\n- deploy it\n- revoke the old one [2]",
    `| plan | hours |\n|---|---|\n| team | ${n} |\n| business | ${n * 2} |`,
    `\`\`\`bash\nharbor keys rotate key_${n} --grace ${n}h\n\`\`\``,
    `A second paragraph says why: ${"the grace period lets every instance pick up the new key. ".repeat(4)}[3]`,
  ].join("\n\n");

const sourceOf = (n: number): Source => ({
  n,
  passage_id: `p${n}`,
  document_id: `d${n}`,
  title: `Key lifecycle ${n}`,
  heading: "Security › Keys › States",
  snippet: "A key is active, retiring or revoked. Rotating creates a second active key. ".repeat(8),
  relevance: 0.8,
  url: `/documents/d${n}#p${n}`,
});

/** Puts a conversation of so many turns into the store of an app that runs on this data folder; returns its id. */
export async function seedConversation(dataDir: string, owner: string, turns: number): Promise<string> {
  const group = randomBytes(3).toString("hex");
  const idOf = (n: number) => `0198c0de-0000-7000-8000-${group}${n.toString(16).padStart(6, "0")}`;
  const session_id = idOf(0);
  const path = join(dataDir, "conversations.sqlite");
  const store = createSqliteConversationStore({ path, clock: systemClock, ttlDays: 1 });
  const begin = Date.now() - turns * 60_000;
  for (let n = 1; n <= turns; n += 1) {
    const at = begin + n * 60_000;
    const place = { session_id, message_id: `m${n}`, owner };
    await store.addTurn({
      session_id,
      owner,
      title: "A long conversation",
      private: false,
      at,
      user: {
        message_id: `u${n}`,
        content: `Question ${n}: how long does an old key keep working?`,
        after: n === 1 ? null : idOf(n - 1),
      },
      assistant: { message_id: place.message_id, request_id: idOf(n) },
    });
    const stats = { kb_prefix: "sidetrace", agents_completed: 3, agents_failed: 0, agents_total: 3 };
    await store.finishVersion(
      place,
      {
        request_id: idOf(n),
        question: null,
        content: answerText(n),
        status: "success",
        sources: [1, 2, 3, 4, 5, 6, 7, 8].map(sourceOf),
        stats: { ...stats, passages_retrieved: 14, total_duration_ms: 3210 },
        error: null,
        cut_short: false,
      },
      at,
    );
  }
  store.close();
  return session_id;
}

/** The id in a browser's signed cookie. */
export function ownerOf(cookies: readonly { name: string; value: string }[]): string {
  const cookie = cookies.find(({ name }) => name === "sidetrace_browser");
  const [id] = decodeURIComponent(cookie?.value ?? "").split(".");
  if (!id) throw new Error("the browser has no id yet");
  return id;
}
