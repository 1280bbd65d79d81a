import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Counts and times of this process, for Prometheus. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ caller, runtime }) {
    requireRole(caller, "admin");
    const { body, contentType } = await runtime.metrics.text();
    return new Response(body, { headers: { "content-type": contentType, "cache-control": "no-store" } });
  },
});
