import { routes } from "@/lib/http/routes";

/** Where `/?token=…` leads: keeps the role in a cookie and goes on without the token in the address. */
export const { GET, POST, PUT, PATCH, DELETE } = routes({
  GET({ request, runtime, cookies }) {
    const token = new URL(request.url).searchParams.get("token") ?? "";
    cookies.set("role", runtime.access.roleCookie(token));
    return new Response(null, { status: 303, headers: { location: "/", "cache-control": "no-store" } });
  },
});
