import { requireDocument } from "@/lib/http/require-document";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Cuts a document again from what the index keeps of it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string; document_id: string }>({
  async POST({ params, caller, runtime }) {
    requireRole(caller, "admin");
    const document = await requireDocument(params, runtime);
    const [job] = await runtime.ingest.reindex([document]);
    return Response.json({ job_id: job?.job_id }, { status: 202 });
  },
});
