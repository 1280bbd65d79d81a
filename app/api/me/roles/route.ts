import { routes } from "@/lib/http/routes";

/** Gives the roles back that a token gave. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  DELETE({ cookies }) {
    cookies.clear("role");
    return new Response(null, { status: 204 });
  },
});
