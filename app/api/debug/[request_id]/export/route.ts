import { resendRun } from "@/lib/debug/read-run";
import { requestIdSchema } from "@/lib/domain/ids";
import { auditRead } from "@/lib/http/audit-read";
import { parseId } from "@/lib/http/parse-id";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Sends a run to Langfuse again that waits because it failed; the run's own address tells what came of it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async POST({ params, caller, runtime }) {
    requireRole(caller, "debug");
    const requestId = parseId(requestIdSchema, params.request_id);
    await resendRun(requestId, runtime.debug);
    await auditRead(caller, requestId, "resend", runtime);
    return Response.json({ status: "queued" }, { status: 202 });
  },
});
