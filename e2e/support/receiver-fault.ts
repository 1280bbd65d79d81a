import type { ServerResponse } from "node:http";
import { drained } from "./drained";

/**
 * How the server misbehaves. `partial` takes all but the last `rejected` spans of each body; `multi` answers 207
 * with so many errors and takes nothing.
 */
export type Fault =
  | { kind: "status"; status: number; retryAfterSeconds?: number }
  | { kind: "hang" }
  | { kind: "garbage" }
  /** An answer of so many bytes. */
  | { kind: "huge"; bytes: number }
  | { kind: "multi"; errors: number }
  | { kind: "slow"; ms: number }
  | { kind: "partial"; rejected: number };

/** "ingestion" leaves GET alone. */
export type FaultScope = "ingestion" | "all";

/** The one fault that a server has at a time. */
export function createFaultSwitch() {
  const hanging = new Set<ServerResponse>();
  let fault: Fault | null = null;
  let scope: FaultScope = "ingestion";

  /** Requests that hang are cut off by the next call. */
  function set(next: Fault | null, nextScope: FaultScope = "ingestion"): void {
    fault = next;
    scope = nextScope;
    for (const response of hanging) response.destroy();
    hanging.clear();
  }

  /** Lets the fault act on a request; true when there is nothing left to answer. */
  async function strike(method: string, response: ServerResponse): Promise<boolean> {
    if (!fault || (scope === "ingestion" && method === "GET")) return false;
    switch (fault.kind) {
      case "hang":
        hanging.add(response);
        return true;
      case "garbage":
        response.end("<!doctype html><title>Welcome</title>");
        return true;
      case "huge":
        await endWithMuch(response, fault.bytes);
        return true;
      case "multi":
        endWithErrors(response, fault.errors);
        return true;
      case "status":
        endWithStatus(response, fault);
        return true;
      case "slow":
        await sleep(fault.ms);
        return false;
      case "partial":
        return false;
    }
  }

  return { set, strike, rejectPerBody: () => (fault?.kind === "partial" ? fault.rejected : 0) };
}

const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

function endWithStatus(response: ServerResponse, fault: Extract<Fault, { kind: "status" }>): void {
  if (fault.status >= 300 && fault.status < 400) response.setHeader("location", "/auth/sign-in");
  if (fault.retryAfterSeconds !== undefined) response.setHeader("retry-after", fault.retryAfterSeconds);
  response.writeHead(fault.status, { "content-type": "application/json" });
  response.end(JSON.stringify({ message: "as told" }));
}

/** A list that never seems to end; stops where the reader does. */
async function endWithMuch(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" });
  const chunk = `"${"x".repeat(65_533)}",`;
  response.write('{"data":[');
  for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
    response.write(chunk);
    await drained(response);
  }
  response.end("0]}");
}

function endWithErrors(response: ServerResponse, count: number): void {
  const errors = Array.from({ length: count }, (_, n) => ({
    id: `event-${n}`,
    status: 500,
    message: "as told",
  }));
  response.writeHead(207, { "content-type": "application/json" });
  response.end(JSON.stringify({ successes: [], errors }));
}
