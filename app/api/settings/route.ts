import { readOverview } from "@/lib/debug/read-overview";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** How this server is set up, for developers; nothing secret. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ caller, runtime }) {
    requireRole(caller, "debug");
    return Response.json(await readOverview(runtime), { headers: { "cache-control": "no-store" } });
  },
});
