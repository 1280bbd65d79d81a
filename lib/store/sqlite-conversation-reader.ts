import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { ConversationMessage } from "@/lib/events/conversation-answer";
import { decodeShare, decodeVersion, rankOfSession } from "./conversation-codec";
import type { CitedPassage, Conversation, SessionPage, VersionPlace } from "./conversation-store";
import { decodeCursor, toPage } from "./page-cursor";

const RANK = "pinned * 1e15 + updated_at";

const summarySchema = z.object({
  session_id: z.string(),
  title: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
  turns: z.number(),
  pinned: z.number().transform(Boolean),
  private: z.number().transform(Boolean),
});
const ownedSummarySchema = summarySchema.extend({
  owner: z.string(),
  share: z.string().nullable().transform(decodeShare),
});
const messageSchema = z.object({
  message_id: z.string(),
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  at: z.number(),
  active: z.number(),
  after: z.string().nullable(),
});
const versionSchema = z.object({
  message_id: z.string(),
  version: z.string(),
  feedback: z.string().nullable(),
});
const citedPassageSchema: z.ZodType<CitedPassage> = z.object({ passage_id: z.string(), text: z.string() });
const placeSchema = z.object({ session_id: z.string(), message_id: z.string(), owner: z.string() });

/** Reads what the SQLite store wrote. `oldest` is the instant before which a change is too old to be kept. */
export function createConversationReader(database: DatabaseSync, oldest: () => number) {
  database.function("fold", { deterministic: true }, (text) => String(text).toLowerCase());
  const turns = `(SELECT count(*) FROM messages m WHERE m.session_id = c.session_id AND role = 'user') AS turns`;
  const summary = database.prepare(
    `SELECT c.*, ${turns} FROM conversations c WHERE session_id = :session_id AND changed_at >= :oldest`,
  );
  const messages = database.prepare(
    "SELECT * FROM messages WHERE session_id = :session_id ORDER BY position",
  );
  const versions = database.prepare(
    "SELECT * FROM versions WHERE session_id = :session_id ORDER BY position",
  );
  const place = database.prepare(
    `SELECT v.session_id, v.message_id, c.owner FROM versions v JOIN conversations c USING (session_id)
     WHERE request_id = :request_id AND changed_at >= :oldest`,
  );
  const shared = database.prepare(
    "SELECT session_id FROM conversations WHERE share_id = :share_id AND changed_at >= :oldest",
  );
  const cited = database.prepare(
    `SELECT text FROM cited_passages JOIN conversations USING (session_id)
     WHERE session_id = :session_id AND passage_id = :passage_id AND changed_at >= :oldest`,
  );
  const sessions = database.prepare("SELECT session_id FROM conversations WHERE changed_at >= :oldest");
  const passages = database.prepare(
    "SELECT passage_id, text FROM cited_passages WHERE session_id = :session_id",
  );
  const page = database.prepare(
    `SELECT c.*, ${turns} FROM conversations c
     WHERE owner = :owner AND changed_at >= :oldest
       AND (:rank IS NULL OR (${RANK}, session_id) < (:rank, :id))
       AND (:q IS NULL OR instr(fold(title), :q) > 0
         OR EXISTS (SELECT 1 FROM messages m WHERE m.session_id = c.session_id AND instr(fold(m.content), :q) > 0)
         OR EXISTS (SELECT 1 FROM versions v WHERE v.session_id = c.session_id
                      AND (instr(fold(json_extract(v.version, '$.content')), :q) > 0
                        OR instr(fold(coalesce(json_extract(v.version, '$.question'), '')), :q) > 0)))
     ORDER BY ${RANK} DESC, session_id DESC LIMIT :limit`,
  );

  function readMessages(session_id: string): ConversationMessage[] {
    const answers = Map.groupBy(
      z.array(versionSchema).parse(versions.all({ session_id })),
      (row) => row.message_id,
    );
    const rows = z.array(messageSchema).parse(messages.all({ session_id }));
    return rows.map(({ message_id, role, content, at, active, after }) => {
      if (role === "user") return { message_id, role, content, at, after };
      const own = answers.get(message_id) ?? [];
      return {
        message_id,
        role,
        at,
        active,
        versions: own.map((row) => decodeVersion(row.version, row.feedback)),
      };
    });
  }

  return {
    conversation(session_id: string): Conversation | null {
      const row = summary.get({ session_id, oldest: oldest() });
      return row === undefined
        ? null
        : { ...ownedSummarySchema.parse(row), messages: readMessages(session_id) };
    },
    list(ownerId: string, { q, before, limit }: { q?: string; before?: string; limit: number }): SessionPage {
      const { rank, id } = before === undefined ? { rank: null, id: null } : decodeCursor(before);
      const folded = q === undefined ? null : q.toLowerCase();
      const rows = page.all({ owner: ownerId, oldest: oldest(), rank, id, q: folded, limit: limit + 1 });
      const found = z.array(summarySchema).parse(rows);
      const places = found.map((item) => ({
        place: { rank: rankOfSession(item), id: item.session_id },
        item,
      }));
      return toPage(places, limit);
    },
    citedPassage(session_id: string, passage_id: string): string | null {
      const row = cited.get({ session_id, passage_id, oldest: oldest() });
      return row === undefined ? null : z.string().parse(row.text);
    },
    sessionIds: (): string[] => sessions.all({ oldest: oldest() }).map((row) => String(row.session_id)),
    citedPassages: (session_id: string): CitedPassage[] =>
      z.array(citedPassageSchema).parse(passages.all({ session_id })),
    findVersion(request_id: string): VersionPlace | null {
      const row = place.get({ request_id, oldest: oldest() });
      return row === undefined ? null : placeSchema.parse(row);
    },
    findShared(share_id: string): string | null {
      const row = shared.get({ share_id, oldest: oldest() });
      return row === undefined ? null : String(row.session_id);
    },
  };
}
