import { kbPrefixSchema, knowledgeBasePatchSchema } from "@/lib/domain/knowledge-base";
import { AppError } from "@/lib/errors";
import { parseId } from "@/lib/http/parse-id";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** One knowledge base with its keywords; an administrator edits and deletes it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string }>({
  async GET({ params, runtime }) {
    const found = await runtime.knowledgeBases.find(parseId(kbPrefixSchema, params.prefix));
    if (!found) throw new AppError("not_found", "There is no such knowledge base.");
    return Response.json(found);
  },
  async PATCH({ request, params, caller, runtime }) {
    requireRole(caller, "admin");
    const patch = await readJson(request, knowledgeBasePatchSchema);
    return Response.json(await runtime.knowledgeBases.update(parseId(kbPrefixSchema, params.prefix), patch));
  },
  async DELETE({ params, caller, runtime }) {
    requireRole(caller, "admin");
    const prefix = parseId(kbPrefixSchema, params.prefix);
    await runtime.knowledgeBases.remove(prefix);
    await runtime.ingest.forget(prefix);
    return new Response(null, { status: 204 });
  },
});
