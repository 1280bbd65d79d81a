import { routes } from "@/lib/http/routes";

/** The process lives. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET: () => Response.json({ status: "ok" }),
});
