import { readReadiness } from "@/lib/debug/readiness";
import { routes } from "@/lib/http/routes";

/** Whether the process can answer now, and what limps. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async GET({ runtime }) {
    const readiness = await readReadiness(runtime);
    return Response.json(readiness, {
      status: readiness.status === "down" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    });
  },
});
