import { z } from "zod";
import { documentFormatSchema, documentSummarySchema } from "./document";
import { FILE_FAULTS, JOB_FAULTS } from "./job-fault";

/** Steps of a job, in order. A re-indexed document is not parsed again; `embed` needs an embedding model. */
export const jobStageSchema = z.enum(["parse", "chunk", "embed", "index"]);
export type JobStage = z.infer<typeof jobStageSchema>;

export const jobStateSchema = z.enum(["queued", "running", "done", "failed"]);

/** What can be wrong with a file. */
export const fileFaultSchema = z.enum(FILE_FAULTS);
export type FileFault = z.infer<typeof fileFaultSchema>;

/** Why a job failed, for pages in other languages than that of its sentence. */
const jobFaultSchema = z.enum(JOB_FAULTS);
export type JobFault = z.infer<typeof jobFaultSchema>;

export const jobIdSchema = z.uuid();

/** The way of one file into a knowledge base. */
export const jobSchema = z.object({
  job_id: z.string(),
  kb_prefix: z.string(),
  /** The document's name. */
  name: z.string(),
  state: jobStateSchema,
  /** The running step, or the one that failed; null before and after. */
  stage: jobStageSchema.nullable(),
  /** Units of the stage: files, passages; `total` is 0 while it is unknown. */
  completed: z.number(),
  total: z.number(),
  /** Why it failed, one sentence. */
  error: z.string().nullable(),
  /** The same as a code; null also in jobs of earlier versions. */
  error_code: jobFaultSchema.nullable().default(null),
  /** Set when the document is in the index. */
  document_id: z.string().nullable(),
  /** True when the index had this very content already. */
  unchanged: z.boolean(),
  /** Passages of the document, once it is indexed. */
  passages: z.number().nullable(),
  created_at: z.number(),
  updated_at: z.number(),
  stages: z.array(
    z.object({
      stage: jobStageSchema,
      started_at: z.number(),
      /** Null while it runs, or where the process ended in it. */
      duration_ms: z.number().nullable(),
    }),
  ),
});
export type Job = z.infer<typeof jobSchema>;

/** What an upload or a re-index is answered with. */
export const acceptedJobsSchema = z.object({
  jobs: z.array(jobSchema.pick({ job_id: true, name: true })),
});
export type AcceptedJob = z.infer<typeof acceptedJobsSchema>["jobs"][number];

export const jobListSchema = z.object({ items: z.array(jobSchema) });

/** `GET …/documents/{document_id}`: a document with what its administration shows beside the list. */
export const documentDetailSchema = documentSummarySchema.extend({
  format: documentFormatSchema,
  /** Number of pages; null where the format has none. */
  pages: z.number().nullable(),
  /** The last job that made or re-indexed it; null for one that came with the product. */
  job: jobSchema.nullable(),
});
export type DocumentDetail = z.infer<typeof documentDetailSchema>;
