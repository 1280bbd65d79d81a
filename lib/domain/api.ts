import * as z from "zod/mini";

/** What `GET /api/me` answers: who is asking, which model answers, and who else sees the requests. */
export const meSchema = z.object({
  roles: z.array(z.enum(["user", "debug", "admin"])),
  model: z.object({ name: z.string(), extractive: z.boolean() }),
  recording: z.object({
    debug: z.string(),
    /** How long what is recorded for developers is kept. */
    debug_ttl_seconds: z.number(),
    /** Whether requests of this caller may get there. */
    langfuse: z.boolean(),
    /** Host of that Langfuse; null without one. */
    langfuse_host: z.nullable(z.string()),
  }),
});
export type Me = z.infer<typeof meSchema>;

export const sessionSummarySchema = z.object({
  session_id: z.string(),
  title: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
  turns: z.number(),
  pinned: z.boolean(),
  private: z.boolean(),
  /** Of a search: the text around its first hit; null where only the title has one. */
  excerpt: z.optional(z.nullable(z.string())),
});
export type SessionItem = z.infer<typeof sessionSummarySchema>;

/** One page of `GET /api/sessions`. */
export const sessionPageSchema = z.object({
  items: z.array(sessionSummarySchema),
  next: z.nullable(z.string()),
});
export type SessionItems = z.infer<typeof sessionPageSchema>;

/** A read-only link to a conversation as it was when it was shared. */
export const shareLinkSchema = z.object({
  share_id: z.string(),
  /** On this server. */
  url: z.string(),
  at: z.number(),
  turns: z.number(),
});
/** What `GET /api/sessions/{id}/share` answers. */
export const shareAnswerSchema = z.object({ share: z.nullable(shareLinkSchema) });
export type ShareAnswer = z.infer<typeof shareAnswerSchema>;

/** What `POST /api/sessions/import` answers. */
export const importedSessionSchema = z.object({ session_id: z.string(), title: z.string() });

/** The error shape of every route. */
export const apiErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    issues: z.optional(z.array(z.object({ path: z.string() }))),
  }),
});
