import { createHash } from "node:crypto";
import { z } from "zod";
import type { DatasetAdded, DatasetDraft } from "@/lib/domain/dataset";
import { MAX_EXPECTED_CHARACTERS } from "@/lib/domain/dataset";
import { toTraceId } from "@/lib/domain/ids";
import type { PromptMessage, RunRecord } from "@/lib/domain/run-record";
import { AppError } from "@/lib/errors";
import type { Datasets, NewDatasetItem } from "@/lib/observability/datasets";
import { keepsContent, toKeptText } from "@/lib/security/redaction";
import { type DebugPorts, readRunRecord } from "./read-run";

/** Body of `POST /api/debug/{request_id}/dataset`. */
export const datasetRequestSchema = z.strictObject({
  dataset: z.string().trim().min(1).max(200),
  /** Makes the dataset where there is none of that name. */
  create: z.boolean().default(false),
  expected_output: z.string().trim().min(1).max(MAX_EXPECTED_CHARACTERS),
});

interface DatasetPorts {
  debug: DebugPorts;
  /** Null when Langfuse is off. */
  datasets: Datasets | null;
}

/** The datasets there are, and the item that a turn would become. Throws as `readRun`, and `unavailable`. */
export async function readDatasetDraft(requestId: string, ports: DatasetPorts): Promise<DatasetDraft> {
  const datasets = requireDatasets(ports);
  const [record, names] = await Promise.all([endedRecord(requestId, ports.debug), datasets.list()]);
  return { datasets: names, input: toDatasetInput(record), expected_output: record.answer };
}

/**
 * Makes a turn an item of a dataset. The same turn in the same dataset is one item: adding it again replaces
 * what was expected.
 */
export async function addToDataset(
  requestId: string,
  { dataset, create, expected_output }: z.infer<typeof datasetRequestSchema>,
  ports: DatasetPorts,
): Promise<DatasetAdded> {
  const datasets = requireDatasets(ports);
  const record = await endedRecord(requestId, ports.debug);
  if (create) await datasets.create(dataset);
  const item = toDatasetItem(record, dataset, toKeptText(expected_output));
  const { url } = await datasets.add(dataset, item);
  return { dataset, item_id: item.id, url };
}

function requireDatasets({ datasets }: DatasetPorts): Datasets {
  if (!datasets) throw new AppError("unavailable", "Langfuse is off, so there are no datasets.");
  if (!keepsContent())
    throw new AppError(
      "conflict",
      "Contents are not kept here (DEBUG_CONTENT=off), so there is nothing to add.",
    );
  return datasets;
}

async function endedRecord(requestId: string, ports: DebugPorts): Promise<RunRecord> {
  const record = await readRunRecord(requestId, ports);
  if (record.status === "running") {
    throw new AppError("conflict", "The request is still being answered; try again when it has ended.");
  }
  return record;
}

function toDatasetItem(record: RunRecord, dataset: string, expectedOutput: string): NewDatasetItem {
  const traceId = toTraceId(record.request_id);
  const set = createHash("sha256").update(dataset).digest("hex").slice(0, 12);
  const root = record.spans.find(({ kind }) => kind === "request");
  return {
    id: `${traceId}-${set}`,
    input: toDatasetInput(record),
    expectedOutput,
    metadata: {
      request_id: record.request_id,
      session_id: record.session_id,
      documents: citedDocuments(record),
    },
    source: isTraced(record) ? { traceId, observationId: root?.span_id ?? null } : null,
  };
}

/** What the turn was asked with; everything in it is masked, as the record is. */
export function toDatasetInput(record: RunRecord) {
  const { message, route_decision, kb_prefix, agent_type } = record;
  return {
    message,
    kb_prefix: route_decision?.requested_kb_prefix ?? kb_prefix,
    agent_type,
    history: historyOf(record),
  };
}

function historyOf({ generations }: RunRecord): { role: string; content: string }[] {
  const answer = generations.find(({ purpose }) => purpose === "answer");
  return (answer?.messages ?? []).filter(isRemembered).map(({ role, content }) => ({ role, content }));
}

function isRemembered({ parts }: PromptMessage): boolean {
  return parts.length > 0 && parts.every(({ origin }) => origin === "memory");
}

/** The documents that the answer rests on: what a later answer's retrieval should find. */
function citedDocuments({ citations, rag_runs }: RunRecord): string[] {
  const cited = new Set(citations.map(({ passage_id }) => passage_id));
  const results = rag_runs.flatMap((run) => run.results);
  const documents = results.filter(({ passage_id }) => cited.has(passage_id));
  return [...new Set(documents.map(({ document_id }) => document_id))];
}

/** Langfuse has, or will have, a trace to link. */
function isTraced({ trace: { state } }: RunRecord): boolean {
  return state === "pending" || state === "exported" || state === "visible";
}
