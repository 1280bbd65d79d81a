import { z } from "zod";
import { kbPrefixSchema } from "@/lib/domain/knowledge-base";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { withoutUnset } from "@/lib/http/without-unset";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({
  kb_prefix: kbPrefixSchema.optional(),
  limit: queryInteger(1, 500).default(50),
});

/** The last jobs, newest first. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ request, caller, runtime }) {
    requireRole(caller, "admin");
    const query = parseWith(querySchema, queryOf(request));
    const items = await runtime.ingest.jobs(withoutUnset(query));
    return Response.json({ items }, { headers: { "cache-control": "no-store" } });
  },
});
