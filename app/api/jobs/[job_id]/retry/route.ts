import { jobIdSchema } from "@/lib/domain/job";
import { parseId } from "@/lib/http/parse-id";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Queues a failed job again. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ job_id: string }>({
  async POST({ params, caller, runtime }) {
    requireRole(caller, "admin");
    const job = await runtime.ingest.retry(parseId(jobIdSchema, params.job_id));
    return Response.json(job, { status: 202 });
  },
});
