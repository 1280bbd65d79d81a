import { z } from "zod";
import { AppError } from "@/lib/errors";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf, readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({ neighbours: queryInteger(0, 20).default(2) });
const patchSchema = z.strictObject({ enabled: z.boolean() });

/** A passage between its neighbours, and whether it is found. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ passage_id: string }>({
  async GET({ request, params, caller, runtime }) {
    const { neighbours } = parseWith(querySchema, queryOf(request));
    const passage = await runtime.index.passage(params.passage_id, caller.browserId, neighbours);
    if (!passage) throw gone();
    return Response.json(passage);
  },
  async PATCH({ request, params, caller, runtime }) {
    requireRole(caller, "admin");
    const { enabled } = await readJson(request, patchSchema);
    const passage = await runtime.documents.setPassageEnabled(params.passage_id, enabled);
    if (!passage) throw gone();
    return Response.json(passage);
  },
});

function gone(): AppError {
  return new AppError("not_found", "This passage is no longer there.");
}
