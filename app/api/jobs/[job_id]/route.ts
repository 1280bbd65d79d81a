import { jobIdSchema } from "@/lib/domain/job";
import { AppError } from "@/lib/errors";
import { parseId } from "@/lib/http/parse-id";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** How far a job is. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ job_id: string }>({
  async GET({ params, caller, runtime }) {
    requireRole(caller, "admin");
    const job = await runtime.ingest.job(parseId(jobIdSchema, params.job_id));
    if (!job) throw new AppError("not_found", "There is no such job.");
    return Response.json(job, { headers: { "cache-control": "no-store" } });
  },
});
