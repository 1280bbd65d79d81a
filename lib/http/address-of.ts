/**
 * The caller's address for rate limits: the proxy's word when there is one, else everybody on this machine
 * is one. It is never a reason to trust somebody.
 */
export function addressOf(request: Request): string {
  return request.headers.get("x-forwarded-for")?.split(",")[0]?.trim() || "local";
}
