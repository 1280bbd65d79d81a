import { request } from "node:http";
import { ADMIN_TOKEN, DEBUG_TOKEN } from "../support/app-server";
import { fillPath, type Role, type RouteRow } from "./route-table";

const TOKENS: Record<Role, string | null> = {
  none: null,
  debug: DEBUG_TOKEN,
  admin: ADMIN_TOKEN,
  wrong: `${ADMIN_TOKEN}x`,
};

export const ROLES = Object.keys(TOKENS) as Role[];

const LIMIT_MS = 30_000;

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | null;
}

/** Sends a request just as it is told to: any `Host`, any `Origin`, a path that nobody tidies. */
export function send(url: string, path: string, { method = "GET", headers = {}, body }: Sent = {}) {
  const { hostname, port } = new URL(url);
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.setTimeout(LIMIT_MS, () => sent.destroy(new Error(`no answer from ${path}`)));
    sent.end(body ?? undefined);
  });
}

/** Sends what a row says, in a role. */
export function sendRow(
  url: string,
  { method, path, query, body }: RouteRow,
  role: Role,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const address = `${fillPath(path)}${query && `?${query}`}`;
  const json = body === null ? {} : { "content-type": "application/json" };
  return send(url, address, {
    method,
    headers: { accept: "application/json, text/event-stream", ...json, ...asRole(role), ...headers },
    body: body && JSON.stringify(body),
  });
}

export function asRole(role: Role): Record<string, string> {
  const token = TOKENS[role];
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
