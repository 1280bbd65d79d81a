import { newKnowledgeBaseSchema } from "@/lib/domain/knowledge-base";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** The knowledge bases that can be asked; an administrator makes new ones. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ runtime }) {
    return Response.json(await runtime.index.knowledgeBases());
  },
  async POST({ request, caller, runtime }) {
    requireRole(caller, "admin");
    const base = await readJson(request, newKnowledgeBaseSchema);
    return Response.json(await runtime.knowledgeBases.create(base), { status: 201 });
  },
});
