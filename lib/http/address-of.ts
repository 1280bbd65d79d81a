/** Set by the server for each request from its socket; what a caller sends under this name is replaced. */
const PEER_HEADER = "x-sidetrace-peer";

/**
 * The caller's address for rate limits: that of the connection. `X-Forwarded-For` is anybody's word and
 * would make the limit optional. An address is never a reason to trust somebody.
 */
export function addressOf(request: Request): string {
  return request.headers.get(PEER_HEADER) ?? "unknown";
}
