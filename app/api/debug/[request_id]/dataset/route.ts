import { addToDataset, datasetRequestSchema, readDatasetDraft } from "@/lib/debug/dataset-item";
import { runIdSchema } from "@/lib/domain/ids";
import { parseId } from "@/lib/http/parse-id";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** One turn as an item of a Langfuse dataset: what it would hold, and adding it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ request_id: string }>({
  async GET({ params, caller, runtime }) {
    requireRole(caller, "debug");
    const draft = await readDatasetDraft(parseId(runIdSchema, params.request_id), runtime);
    return Response.json(draft, { headers: { "cache-control": "no-store" } });
  },
  async POST({ request, params, caller, runtime }) {
    requireRole(caller, "debug");
    const body = await readJson(request, datasetRequestSchema);
    const added = await addToDataset(parseId(runIdSchema, params.request_id), body, runtime);
    return Response.json(added, { status: 201 });
  },
});
