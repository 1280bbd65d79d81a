import type { RunRecord } from "@/lib/domain/run-record";
import { createClient } from "./ask";

/** Gives an app a run that it did not make; its id there. */
export async function importRun(url: string, record: RunRecord): Promise<string> {
  const response = await createClient(url).fetch("/api/debug/import", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(record),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const { request_id } = (await response.json()) as { request_id: string };
  return request_id;
}
