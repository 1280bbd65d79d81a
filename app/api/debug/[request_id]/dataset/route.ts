import { addToDataset, datasetRequestSchema, readDatasetDraft } from "@/lib/debug/dataset-item";
import { runIdSchema } from "@/lib/domain/ids";
import { auditRead } from "@/lib/http/audit-read";
import { parseId } from "@/lib/http/parse-id";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** One turn as an item of a Langfuse dataset: what it would hold, and adding it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async GET({ params, caller, runtime }) {
    requireRole(caller, "debug");
    const requestId = parseId(runIdSchema, params.request_id);
    const draft = await readDatasetDraft(requestId, runtime);
    await auditRead(caller, requestId, "dataset", runtime);
    return Response.json(draft, { headers: { "cache-control": "no-store" } });
  },
  async POST({ request, params, caller, runtime }) {
    requireRole(caller, "debug");
    const body = await readJson(request, datasetRequestSchema);
    const requestId = parseId(runIdSchema, params.request_id);
    const added = await addToDataset(requestId, body, runtime);
    await auditRead(caller, requestId, "dataset", runtime);
    return Response.json(added, { status: 201 });
  },
});
