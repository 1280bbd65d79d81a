import { AppError, HTTP_STATUS } from "@/lib/errors";
import { routes } from "@/lib/http/routes";

/**
 * Where the server leads `/?token=…`: keeps the role in a cookie and goes on without the token in the address. An
 * unknown token is refused in a sentence, since a person reads it.
 */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  GET({ request, runtime, cookies }) {
    const token = new URL(request.url).searchParams.get("token") ?? "";
    try {
      cookies.set("role", runtime.access.roleCookie(token));
    } catch (error) {
      return refuse(error);
    }
    return new Response(null, { status: 303, headers: { location: "/", "cache-control": "no-store" } });
  },
});

function refuse(error: unknown): Response {
  if (!(error instanceof AppError)) throw error;
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return new Response(error.message, { status: HTTP_STATUS[error.code], headers });
}
