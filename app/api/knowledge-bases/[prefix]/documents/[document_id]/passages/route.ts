import { z } from "zod";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { requireDocument } from "@/lib/http/require-document";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({
  /** Position of the last passage of the page before. */
  before: queryInteger(0, 2 ** 31 - 1).optional(),
  limit: queryInteger(1, 100).default(50),
});

/** The passages of a document in reading order, those that are switched off too. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string; document_id: string }>({
  async GET({ request, params, caller, runtime }) {
    requireRole(caller, "admin");
    const { before, limit } = parseWith(querySchema, queryOf(request));
    const { passages } = await requireDocument(params, runtime);
    const items = await runtime.documents.passages(params.document_id, { after: before ?? -1, limit });
    const last = items.at(-1)?.position;
    const next = last !== undefined && last + 1 < passages ? String(last) : null;
    return Response.json({ items, next });
  },
});
