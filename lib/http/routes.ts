import { AppError, HTTP_STATUS } from "@/lib/errors";
import { messageOf } from "@/lib/events/in-span";
import type { Runtime } from "@/lib/runtime";
import { getRuntime } from "@/lib/runtime";
import type { Caller } from "@/lib/security/access";
import { type CookieJar, createCookieJar } from "./cookies";
import { errorResponse } from "./error-response";

type Params = Record<string, string>;

/** What a handler gets: the request, who asks, and the process it runs in. */
export interface RouteContext<P extends Params = Params> {
  request: Request;
  params: P;
  caller: Caller;
  runtime: Runtime;
  cookies: CookieJar;
}

type Handler<P extends Params> = (context: RouteContext<P>) => Promise<Response> | Response;
type NextHandler = (request: Request, route: { params: Promise<Params> }) => Promise<Response>;

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/**
 * A route's handlers as Next wants them: callers identified, foreign origins refused, errors in the
 * contract's shape, and 405 for every other method.
 */
export function routes<P extends Params = Params>(
  handlers: Partial<Record<Method, Handler<P>>>,
): Record<Method | "OPTIONS", NextHandler> {
  const allow = METHODS.filter((method) => handlers[method]).join(", ");
  const toRoute = (method: Method): NextHandler => {
    const handler = handlers[method];
    return handler ? wrap(handler, method) : async () => notAllowed(allow);
  };
  return {
    GET: toRoute("GET"),
    POST: toRoute("POST"),
    PUT: toRoute("PUT"),
    PATCH: toRoute("PATCH"),
    DELETE: toRoute("DELETE"),
    OPTIONS: async () => new Response(null, { status: 204, headers: { allow } }),
  };
}

function notAllowed(allow: string): Response {
  const response = errorResponse(new AppError("method_not_allowed", `This address answers ${allow}.`));
  response.headers.set("allow", allow);
  return response;
}

function wrap<P extends Params>(handler: Handler<P>, method: Method): NextHandler {
  return async (request, route) => {
    const runtime = await getRuntime();
    const cookies = createCookieJar(request);
    try {
      if (method !== "GET") refuseForeignOrigin(request);
      const caller = runtime.access.identify({
        authorization: request.headers.get("authorization"),
        roleCookie: cookies.get("role"),
        browserCookie: cookies.get("browser"),
      });
      // Next gives the parameters of the folder's own name; the handler's type says which.
      const params = (await route.params) as P;
      return cookies.apply(await handler({ request, params, caller, runtime, cookies }));
    } catch (error) {
      logFailure(error, request, runtime);
      return errorResponse(error);
    }
  };
}

/** What is not the caller's fault is the operator's to know of. */
function logFailure(error: unknown, request: Request, { log }: Runtime): void {
  const path = routeOf(request);
  if (!(error instanceof AppError)) log.error({ path, error: messageOf(error) }, "route failed");
  else if (HTTP_STATUS[error.code] >= 500)
    log.warn({ path, code: error.code, error: error.message }, "route failed");
}

/** The path without what may name a person's things. */
function routeOf(request: Request): string {
  return new URL(request.url).pathname.replace(/[0-9a-f-]{32,}/gi, ":id");
}

/** A browser names the page that sends; scripts send no `Origin`. Under which names we answer was checked before. */
function refuseForeignOrigin({ headers }: Request): void {
  const origin = headers.get("origin");
  if (origin === null) return;
  const own = [headers.get("host"), headers.get("x-forwarded-host")];
  if (!URL.canParse(origin) || !own.includes(new URL(origin).host)) {
    throw new AppError(
      "forbidden",
      "This request comes from another site. A proxy before this server must pass on the name it was called by.",
    );
  }
}
