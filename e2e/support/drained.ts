import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** Resolves when the reader has caught up with what was written, or is gone. */
export async function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed || !response.writableNeedDrain) return;
  const closed = new AbortController();
  const close = () => closed.abort();
  response.once("close", close);
  await once(response, "drain", { signal: closed.signal }).catch(() => undefined);
  response.off("close", close);
}
