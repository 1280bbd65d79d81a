import { isIP } from "node:net";

/** What of a request says under which name it was sent, and by whom. */
export interface NamedRequest {
  url: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface HostRules {
  /** Where the server listens. */
  host: string;
  /** The machine's own name. */
  machine: string;
  /** Names of `ALLOWED_HOSTS`; one with a dot before it stands for all below it, `*` for any. */
  allowed: readonly string[];
  /** The token of an `Authorization` header; the start script has no `@/`, so it brings the reader of it. */
  bearerToken(authorization: string | undefined): string | null;
}

/**
 * Tells whether a request was sent to a name that is the server's. A page of another site can make its own name
 * lead to this machine (DNS rebinding) and then counts as one of ours in the browser; it cannot make a browser
 * send another name. Always known are addresses in numbers, which no such page has, `localhost`, and the
 * machine's own name; so is, for the API, whoever sends a token, which no such page has either: the routes
 * refuse a wrong one. What a proxy says the name was (`X-Forwarded-Host`) must be known as well.
 */
export function createHostCheck(rules: HostRules): (request: NamedRequest) => boolean {
  const { host, machine, allowed, bearerToken } = rules;
  const own = new Set([host, machine, `${machine}.local`].map((name) => name.toLowerCase()));
  const wanted = allowed.map((name) => name.toLowerCase().replace(/^\*(?=\.)/, ""));
  const isWanted = (name: string) =>
    wanted.some(
      (entry) => entry === "*" || entry === name || (entry.startsWith(".") && name.endsWith(entry)),
    );
  const isKnown = (header: string) => {
    const name = nameOf(header);
    if (name === null) return false;
    return isIP(name) > 0 || isLocal(name) || own.has(name) || isWanted(name);
  };
  return ({ url, headers }) => {
    if (url?.startsWith("/api/") && bearerToken(one(headers.authorization)) !== null) return true;
    const forwarded = one(headers["x-forwarded-host"]);
    return isKnown(one(headers.host) ?? "") && (forwarded === undefined || isKnown(forwarded));
  };
}

const isLocal = (name: string) => name === "localhost" || name.endsWith(".localhost");

/** Without its port and the brackets of an IPv6 address; null for what cannot be a host. */
function nameOf(header: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(header) ?? [];
  return name === undefined ? null : name.replace(/^\[|\]$|\.$/g, "").toLowerCase();
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(",") : header;
}
