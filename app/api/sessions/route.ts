import { z } from "zod";
import { withExcerpts } from "@/lib/chat/find-excerpt";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { withoutUnset } from "@/lib/http/without-unset";

const querySchema = z.strictObject({
  q: z.string().max(500).optional(),
  before: z.string().max(500).optional(),
  limit: queryInteger(1, 100).default(50),
});

/** The conversations of this browser. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ request, caller, runtime }) {
    const query = parseWith(querySchema, queryOf(request));
    if (!caller.browserId) return Response.json({ items: [], next: null });
    const page = await runtime.conversations.list(caller.browserId, withoutUnset(query));
    return Response.json(query.q ? await withExcerpts(page, query.q, runtime.conversations) : page);
  },
});
