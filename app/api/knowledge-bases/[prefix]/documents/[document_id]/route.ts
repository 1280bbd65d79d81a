import { z } from "zod";
import type { DocumentDetail } from "@/lib/domain/job";
import { readJson } from "@/lib/http/read-json";
import { requireDocument } from "@/lib/http/require-document";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

const patchSchema = z.strictObject({ enabled: z.boolean() });

/** One document, for its administration. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string; document_id: string }>({
  async GET({ params, caller, runtime }) {
    requireRole(caller, "admin");
    const { kb_prefix: _, ...document } = await requireDocument(params, runtime);
    const [job = null] = await runtime.ingest.jobs({ target: params.document_id, limit: 1 });
    return Response.json({ ...document, job } satisfies DocumentDetail);
  },
  async PATCH({ request, params, caller, runtime }) {
    requireRole(caller, "admin");
    const { enabled } = await readJson(request, patchSchema);
    await requireDocument(params, runtime);
    await runtime.documents.setEnabled(params.document_id, enabled);
    const { document_id, name, title, passages, bytes, updated_at } = await requireDocument(params, runtime);
    return Response.json({ document_id, name, title, passages, bytes, enabled, updated_at });
  },
  async DELETE({ params, caller, runtime }) {
    requireRole(caller, "admin");
    await requireDocument(params, runtime);
    await runtime.ingest.abandon(params.document_id);
    await runtime.documents.remove(params.document_id);
    return new Response(null, { status: 204 });
  },
});
