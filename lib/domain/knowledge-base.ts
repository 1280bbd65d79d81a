import { z } from "zod";
import { knowledgeBaseSummarySchema } from "./knowledge-base-summary";

/** The prefix of a knowledge base as an administrator may choose it. */
export const kbPrefixSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, "2 to 32 characters: a–z, 0–9 and -, beginning with a letter")
  .refine((prefix) => prefix !== "auto" && prefix !== "general", "auto and general are reserved");

export const knowledgeBaseSchema = z.object({
  prefix: kbPrefixSchema,
  title: z.string(),
  description: z.string(),
  keywords: z.array(z.string()),
  suggested: z.array(z.string()),
});
export type KnowledgeBase = z.infer<typeof knowledgeBaseSchema>;

/** A knowledge base as `GET /api/knowledge-bases/{prefix}` shows it: also what the router goes by. */
export const knowledgeBaseDetailSchema = z.object({
  ...knowledgeBaseSummarySchema.shape,
  keywords: z.array(z.string()),
  /** Whether it comes with the product or was made by an administrator. */
  origin: z.enum(["bundled", "created"]),
});
export type KnowledgeBaseDetail = z.infer<typeof knowledgeBaseDetailSchema>;

/** Sizes of what an administrator may write: characters of a text, entries of a list. */
export const KB_LIMITS = {
  title: 100,
  description: 1_000,
  keyword: 60,
  keywords: 200,
  question: 200,
  suggested: 12,
} as const;

const textSchema = (max: number) => z.string().trim().max(max, `at most ${max} characters`);

/** A text that is shown in one line and says something. */
const lineSchema = (max: number) =>
  textSchema(max)
    .min(1, "must not be empty")
    .regex(/^[^\p{Cc}]*$/u, "must be one line");

const listSchema = (maxLength: number, maxEntries: number) =>
  z.array(lineSchema(maxLength)).max(maxEntries, `at most ${maxEntries} entries`).transform(withoutRepeats);

/** Entries that differ in case only count as one: the first. */
function withoutRepeats(entries: readonly string[]): string[] {
  return Array.from(Map.groupBy(entries, (entry) => entry.toLowerCase()).values(), ([first = ""]) => first);
}

const editableSchema = z.strictObject({
  title: lineSchema(KB_LIMITS.title),
  description: textSchema(KB_LIMITS.description),
  keywords: listSchema(KB_LIMITS.keyword, KB_LIMITS.keywords),
  suggested: listSchema(KB_LIMITS.question, KB_LIMITS.suggested),
});

/** Body of `POST /api/knowledge-bases`. */
export const newKnowledgeBaseSchema = editableSchema.extend({
  prefix: kbPrefixSchema,
  description: editableSchema.shape.description.default(""),
  keywords: editableSchema.shape.keywords.default([]),
  suggested: editableSchema.shape.suggested.default([]),
});

/** Body of `PATCH /api/knowledge-bases/{prefix}`. */
export const knowledgeBasePatchSchema = editableSchema
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "give a title, a description, keywords or suggested");
export type KnowledgeBasePatch = z.infer<typeof knowledgeBasePatchSchema>;
