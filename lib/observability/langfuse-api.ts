/** What came back from Langfuse; no call throws. */
export type Answer =
  | { kind: "unreachable" }
  | { kind: "timeout" }
  | {
      kind: "answered";
      status: number;
      /** False for a body that is neither empty nor JSON, a login page or a proxy's apology, or has no end. */
      isJson: boolean;
      body: unknown;
      retryAfterMs: number | null;
    };

interface LangfuseRequest {
  method: "GET" | "POST" | "DELETE";
  /** Below the host, with its query. */
  path: string;
  body?: string | Uint8Array;
  headers?: Readonly<Record<string, string>>;
  timeoutMs: number;
}

export interface LangfuseApi {
  call(request: LangfuseRequest): Promise<Answer>;
  /** Whether the last answer was one that a working Langfuse with our keys gives. */
  healthy(): boolean;
}

/** The few REST routes that we need, with Basic keys and a time limit that covers the body too. */
export function createLangfuseApi(options: {
  host: string;
  publicKey: string;
  secretKey: string;
}): LangfuseApi {
  const keys = Buffer.from(`${options.publicKey}:${options.secretKey}`).toString("base64");
  let healthy = true;
  async function call({ method, path, body, headers, timeoutMs }: LangfuseRequest): Promise<Answer> {
    const answer = await attempt(`${options.host}${path}`, {
      method,
      // A redirect would carry the request to somebody else, or turn a POST into a GET of a login page.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Basic ${keys}`, "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
    healthy = works(answer);
    return answer;
  }
  return { call, healthy: () => healthy };
}

async function attempt(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, init);
    const text = await readText(response);
    const { value, isJson } = text === null ? { value: null, isJson: false } : parseBody(text);
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
    return { kind: "answered", status: response.status, isJson, body: value, retryAfterMs };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { kind: timedOut ? "timeout" : "unreachable" };
  }
}

/** Far more than a page of observations has. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Null for more than anybody needs, of which the rest is not read. */
async function readText({ body }: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseBody(text: string): { value: unknown; isJson: boolean } {
  if (text.trim() === "") return { value: null, isJson: true };
  try {
    return { value: JSON.parse(text), isJson: true };
  } catch {
    return { value: null, isJson: false };
  }
}

/** Seconds, or an HTTP date, which is not worth a wall clock here. */
function parseRetryAfter(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header.trim()) ? Number(header) * 1000 : null;
}

/** "Not there" and "not like this" come from a working server; "not you" and "not now" do not count. */
function works(answer: Answer): boolean {
  if (answer.kind !== "answered") return false;
  const { status, isJson } = answer;
  if (status >= 200 && status < 300) return isJson;
  return status >= 400 && status < 500 && ![401, 403, 429].includes(status);
}
