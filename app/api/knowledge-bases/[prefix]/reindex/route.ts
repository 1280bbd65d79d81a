import { requireBase } from "@/lib/http/require-document";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Cuts all documents of a knowledge base again from what the index keeps of them. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string }>({
  async POST({ params, caller, runtime }) {
    requireRole(caller, "admin");
    await requireBase(params.prefix, runtime);
    const documents = await runtime.index.documents(params.prefix);
    const jobs = await runtime.ingest.reindex(
      documents.map(({ name }) => ({ kb_prefix: params.prefix, name })),
    );
    return Response.json({ jobs }, { status: 202 });
  },
});
