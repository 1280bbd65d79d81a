import { z } from "zod";
import { AppError } from "@/lib/errors";
import { queryInteger } from "@/lib/http/query-number";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { pageDocuments } from "@/lib/retrieval/page-documents";

const querySchema = z.strictObject({
  q: z.string().max(500).optional(),
  before: z.string().max(500).optional(),
  limit: queryInteger(1, 100).default(50),
});

/** The documents of a knowledge base, by name. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string }>({
  async GET({ request, params, runtime }) {
    const query = parseWith(querySchema, queryOf(request));
    if (!(await runtime.index.knowledgeBase(params.prefix))) {
      throw new AppError("not_found", "There is no such knowledge base.");
    }
    return Response.json(pageDocuments(await runtime.index.documents(params.prefix), query));
  },
});
