import { z } from "zod";
import { AppError } from "@/lib/errors";
import { askLangfuse, langfusePath } from "./ask-langfuse";
import type { Dataset, DatasetItem, Datasets, NewDatasetItem } from "./datasets";
import type { LangfuseProject } from "./langfuse-project";

const PAGE_SIZE = 100;
/** 10,000 datasets, or items of one; more are not read. */
const MAX_PAGES = 100;

const datasetSchema = z.object({ id: z.string(), name: z.string() });
const itemSchema = z.object({
  id: z.string(),
  datasetId: z.string(),
  status: z.string().nullish(),
  input: z.unknown().optional(),
  expectedOutput: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

/** Langfuse's datasets; the routes are the same in versions 3 and 4. */
export function createLangfuseDatasets({ api, facts, publicUrl }: LangfuseProject): Datasets {
  async function list(): Promise<string[]> {
    const datasets = await readAll((page) => datasetsPath(page), datasetSchema);
    return datasets.map(({ name }) => name).sort((a, b) => a.localeCompare(b));
  }

  async function create(name: string): Promise<void> {
    const request = { method: "POST", path: "/api/public/v2/datasets", body: { name } } as const;
    if (!(await askLangfuse(api, { ...request, schema: datasetSchema }))) throw noRoute();
  }

  async function add(dataset: string, item: NewDatasetItem): Promise<{ url: string | null }> {
    const request = {
      method: "POST",
      path: "/api/public/dataset-items",
      body: toBody(dataset, item),
    } as const;
    const made = await askLangfuse(api, { ...request, schema: itemSchema });
    if (!made) throw new AppError("not_found", "Langfuse has no dataset of this name.");
    const projectId = await facts.projectId();
    if (projectId === null) return { url: null };
    const [project, set, id] = [projectId, made.datasetId, made.id].map(encodeURIComponent);
    return { url: `${publicUrl}/project/${project}/datasets/${set}/items/${id}` };
  }

  async function read(name: string): Promise<Dataset | null> {
    const path = `/api/public/v2/datasets/${encodeURIComponent(name)}`;
    const dataset = await askLangfuse(api, { path, schema: datasetSchema });
    if (!dataset) return null;
    const items = await readAll((page) => itemsPath(name, page), itemSchema);
    const active = items.filter(({ status }) => status !== "ARCHIVED");
    return { id: dataset.id, name: dataset.name, items: active.map(toItem) };
  }

  async function readAll<T>(pathOf: (page: number) => string, schema: z.ZodType<T>): Promise<T[]> {
    const pageSchema = z.object({ data: z.array(schema), meta: z.object({ totalPages: z.number() }) });
    const found: T[] = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const answer = await askLangfuse(api, { path: pathOf(page), schema: pageSchema });
      if (!answer) throw noRoute();
      found.push(...answer.data);
      if (page >= answer.meta.totalPages) break;
    }
    return found;
  }

  return { list, create, add, read };
}

const datasetsPath = (page: number) => langfusePath("/api/public/v2/datasets", { page, limit: PAGE_SIZE });
const itemsPath = (datasetName: string, page: number) =>
  langfusePath("/api/public/dataset-items", { datasetName, page, limit: PAGE_SIZE });

function toBody(datasetName: string, { source, ...item }: NewDatasetItem) {
  return {
    datasetName,
    ...item,
    ...(source && { sourceTraceId: source.traceId }),
    ...(source?.observationId && { sourceObservationId: source.observationId }),
  };
}

function toItem({ id, input, expectedOutput, metadata }: z.infer<typeof itemSchema>): DatasetItem {
  return { id, input, expectedOutput, metadata };
}

function noRoute() {
  return new AppError("upstream_failed", "Langfuse's API was not found at this address (404).");
}
