import { z } from "zod";
import type { Reply } from "./langfuse-reply";

/** Bodies as the server's API description has them; keys that it does not have are refused here. */
const datasetBody = z.strictObject({
  name: z.string().min(1),
  description: z.string().nullish(),
  metadata: z.unknown().optional(),
});
const itemBody = z.strictObject({
  datasetName: z.string(),
  input: z.unknown().optional(),
  expectedOutput: z.unknown().optional(),
  metadata: z.unknown().optional(),
  sourceTraceId: z.string().nullish(),
  sourceObservationId: z.string().nullish(),
  id: z.string().nullish(),
  status: z.enum(["ACTIVE", "ARCHIVED"]).nullish(),
});
const runItemBody = z.strictObject({
  runName: z.string(),
  runDescription: z.string().nullish(),
  metadata: z.unknown().optional(),
  datasetItemId: z.string(),
  observationId: z.string().nullish(),
  traceId: z.string().nullish(),
  datasetVersion: z.string().nullish(),
  createdAt: z.string().nullish(),
});

export interface KeptDatasetItem extends z.infer<typeof itemBody> {
  id: string;
  datasetId: string;
}

/** Everything that a server keeps of datasets. */
export interface KeptDatasets {
  datasets: Map<string, { id: string; name: string }>;
  items: Map<string, KeptDatasetItem>;
  runItems: z.infer<typeof runItemBody>[];
}

export const emptyDatasets = (): KeptDatasets => ({ datasets: new Map(), items: new Map(), runItems: [] });

/** Null: not one of these routes. */
export function answerDatasets(
  kept: KeptDatasets,
  isV4: boolean,
  method: string,
  url: URL,
  body: Buffer,
): Reply | null {
  const path = url.pathname.replace("/api/public", "");
  if (path === "/v2/datasets" && method === "GET")
    return pageOf([...kept.datasets.values()], url.searchParams);
  if (path === "/v2/datasets" && method === "POST") return createDataset(kept, body);
  if (path === "/dataset-items" && method === "GET") return listItems(kept, url.searchParams);
  if (path === "/dataset-items" && method === "POST") return createItem(kept, body);
  const item = /^\/dataset-items\/([^/]+)$/.exec(path)?.[1];
  if (item !== undefined && method === "DELETE") return deleteItem(kept, decodeURIComponent(item));
  if (path === "/dataset-run-items" && method === "POST" && !isV4) return createRunItem(kept, body);
  const name = /^\/v2\/datasets\/([^/]+)$/.exec(path)?.[1];
  if (name === undefined || method !== "GET") return null;
  const dataset = kept.datasets.get(decodeURIComponent(name));
  return dataset ? { status: 200, json: { ...dataset, ...stamps } } : missing;
}

const missing: Reply = { status: 404, json: { message: "Dataset not found" } };
const stamps = { createdAt: "2026-11-26T00:00:00.000Z", updatedAt: "2026-11-26T00:00:00.000Z" };
const refused = (error: z.ZodError): Reply => ({ status: 400, json: { message: error.message } });

function pageOf(all: readonly object[], query: URLSearchParams): Reply {
  const [page, limit] = [Number(query.get("page") ?? 1), Number(query.get("limit") ?? 50)];
  if (!(limit >= 1 && limit <= 100)) return { status: 400, json: { message: "Invalid limit" } };
  const data = all.slice((page - 1) * limit, page * limit).map((one) => ({ ...one, ...stamps }));
  const totalPages = Math.ceil(all.length / limit);
  return { status: 200, json: { data, meta: { page, limit, totalItems: all.length, totalPages } } };
}

function createDataset({ datasets }: KeptDatasets, body: Buffer): Reply {
  const { data, error } = datasetBody.safeParse(JSON.parse(body.toString("utf8")));
  if (error) return refused(error);
  const dataset = datasets.get(data.name) ?? { id: `dataset-${datasets.size + 1}`, name: data.name };
  datasets.set(data.name, dataset);
  return { status: 200, json: { ...dataset, ...stamps } };
}

function listItems({ items }: KeptDatasets, query: URLSearchParams): Reply {
  const name = query.get("datasetName");
  return pageOf(
    [...items.values()].filter(({ datasetName }) => name === null || datasetName === name),
    query,
  );
}

function createItem({ datasets, items }: KeptDatasets, body: Buffer): Reply {
  const { data, error } = itemBody.safeParse(JSON.parse(body.toString("utf8")));
  if (error) return refused(error);
  const dataset = datasets.get(data.datasetName);
  if (!dataset) return missing;
  const id = data.id ?? `item-${items.size + 1}`;
  const taken = items.get(id);
  if (taken && taken.datasetName !== data.datasetName) return missing;
  const item = { ...data, id, datasetId: dataset.id, status: data.status ?? ("ACTIVE" as const) };
  items.set(id, item);
  return { status: 200, json: { ...item, ...stamps } };
}

function deleteItem({ items }: KeptDatasets, id: string): Reply {
  if (!items.delete(id)) return missing;
  return { status: 200, json: { message: "Dataset item successfully deleted" } };
}

function createRunItem({ items, runItems }: KeptDatasets, body: Buffer): Reply {
  const { data, error } = runItemBody.safeParse(JSON.parse(body.toString("utf8")));
  if (error) return refused(error);
  if (!items.has(data.datasetItemId)) return missing;
  runItems.push(data);
  const run = { datasetRunId: `run-of-${data.runName}`, datasetRunName: data.runName };
  return { status: 200, json: { id: `run-item-${runItems.length}`, ...run, ...data, ...stamps } };
}
