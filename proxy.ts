import { type NextRequest, NextResponse } from "next/server";

/** Pages only: a matcher that covered /api would buffer request bodies. */
export const config = { matcher: ["/((?!api/|_next/|icon|enter|.*\\.[a-z0-9]+$).*)"] };

/**
 * Gives every page its own script nonce and the headers that keep foreign code and images out, and hands
 * `?token=…` on to where it becomes a cookie.
 */
export function proxy(request: NextRequest): NextResponse {
  const token = request.nextUrl.searchParams.get("token");
  if (token !== null)
    return NextResponse.rewrite(new URL(`/enter?token=${encodeURIComponent(token)}`, request.url));
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  return response;
}

/** Development needs eval for its error overlay and a socket for reloading; production gets neither. */
function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
