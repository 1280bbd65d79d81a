import * as z from "zod/mini";
import { JOB_FAULTS } from "./job-fault";

/** Why a file failed: the codes of a job's fault. One that is not known here is unexpected. */
export const attachmentFaultSchema = z.enum(JOB_FAULTS);

/** A file of a conversation: searched for its questions alone, gone with it. */
export const attachmentSchema = z.object({
  document_id: z.string(),
  /** File name, unique in its conversation. */
  name: z.string(),
  /** Whether its text can be found yet. */
  state: z.enum(["queued", "running", "done", "failed"]),
  /** Why it failed, one sentence. */
  error: z.nullable(z.string()),
  /** The same as a code. */
  error_code: z.nullable(z.catch(attachmentFaultSchema, "unexpected")),
  /** Null until it is done. */
  passages: z.nullable(z.number()),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const attachmentListSchema = z.object({ items: z.array(attachmentSchema) });
