import { z } from "zod";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { sinceSchema } from "@/lib/report/since";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({ since: z.string().default("24h").pipe(sinceSchema) });

/** Figures of all requests of a time: `?since=7d`. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ request, caller, runtime }) {
    requireRole(caller, "debug");
    const { since } = parseWith(querySchema, queryOf(request));
    return Response.json(await runtime.insights(since), { headers: { "cache-control": "no-store" } });
  },
});
