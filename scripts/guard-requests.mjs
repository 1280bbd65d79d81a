import { hostname } from "node:os";
import { bearerToken } from "../lib/security/bearer-token.ts";
import { createHostCheck } from "../lib/security/known-hosts.ts";
import { RESPONSE_HEADERS } from "../lib/security/response-headers.ts";

const MOST_NOTED = 20;

/**
 * Stands before every handler: gives each answer its headers, and refuses requests that Next must not see.
 * `onUnknownHost` hears of each unknown name once, and of so many names at most.
 */
export function guardRequests({ HOST, ALLOWED_HOSTS }, handle, onUnknownHost) {
  const isKnownHost = createHostCheck({
    host: HOST,
    machine: hostname(),
    allowed: ALLOWED_HOSTS,
    bearerToken,
  });
  const noted = new Set();
  const note = (host) => {
    if (noted.has(host) || noted.size >= MOST_NOTED) return;
    noted.add(host);
    onUnknownHost(host);
  };
  return (request, response) => {
    request.headers["x-sidetrace-peer"] = request.socket.remoteAddress ?? "unknown";
    for (const [name, value] of Object.entries(RESPONSE_HEADERS)) response.setHeader(name, value);
    if (!isKnownHost(request)) {
      note(String(request.headers["x-forwarded-host"] ?? request.headers.host ?? "").slice(0, 255));
      return refuse(request, response, 403, "forbidden", UNKNOWN_HOST);
    }
    // Next would answer such an address and such a method with a bare 500.
    if (!isAddress(request.url))
      return refuse(request, response, 400, "invalid_request", "The address is not valid.");
    if (!METHODS.includes(request.method)) {
      response.setHeader("allow", METHODS.join(", "));
      return refuse(request, response, 405, "method_not_allowed", "This method is not known here.");
    }
    request.url = toEntrance(request.url);
    return handle(request, response);
  };
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const UNKNOWN_HOST =
  "This server does not answer under this name. Whoever runs it can add the name to ALLOWED_HOSTS.";

function isAddress(address) {
  try {
    decodeURI(address);
    return address.startsWith("/");
  } catch {
    return false;
  }
}

/** Any page's address with `?token=…` leads to where the token becomes a cookie. */
function toEntrance(address) {
  const [path, query = ""] = address.split("?", 2);
  const token = new URLSearchParams(query).get("token");
  return token === null || path.startsWith("/api/") ? address : `/enter?token=${encodeURIComponent(token)}`;
}

/** In the API's error shape; a page's reader gets the sentence. */
function refuse(request, response, status, code, message) {
  const isApi = request.url.startsWith("/api/");
  const body = isApi ? JSON.stringify({ error: { code, message, issues: [] } }) : message;
  const type = isApi ? "application/json" : "text/plain; charset=utf-8";
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
}
