import { z } from "zod";
import { agentTypeSchema } from "@/lib/domain/agent";
import { requestIdSchema, runIdSchema, sessionIdSchema } from "@/lib/domain/ids";
import { overridesSchema } from "@/lib/domain/overrides";
import { MAX_QUESTION } from "@/lib/domain/question-limit";

/** Body of `POST /api/chat`. */
export const chatRequestSchema = z
  .strictObject({
    message: z
      .string()
      .trim()
      .min(1, "must not be empty")
      .max(MAX_QUESTION, "must have at most 8,000 characters"),
    session_id: sessionIdSchema.optional(),
    kb_prefix: z.string().min(1).max(32).default("auto"),
    agent_type: z._default(agentTypeSchema, "auto"),
    debug: z.boolean().optional(),
    /** With another message than that answer's: its question, edited. */
    regenerate_of: requestIdSchema.optional(),
    /** Goes on where that answer was stopped or cut off. */
    continue_of: requestIdSchema.optional(),
    /** An imported run can be replayed too. */
    replay_of: runIdSchema.optional(),
    overrides: overridesSchema.optional(),
    /** Whether the conversation that begins with this question is private; one that exists stays as it is. */
    private: z.boolean().optional(),
  })
  .refine(({ regenerate_of, replay_of }) => !regenerate_of || !replay_of, {
    path: ["replay_of"],
    error: "cannot go together with regenerate_of",
  })
  .refine(({ continue_of, regenerate_of, replay_of }) => !continue_of || !(regenerate_of ?? replay_of), {
    path: ["continue_of"],
    error: "cannot go together with regenerate_of or replay_of",
  })
  .refine(({ replay_of, private: isPrivate }) => !replay_of || isPrivate === undefined, {
    path: ["private"],
    error: "cannot go together with replay_of, which is outside of any conversation",
  });
export type ChatRequest = z.infer<typeof chatRequestSchema>;
