import { z } from "zod";
import { toTraceId } from "@/lib/domain/ids";
import { AppError } from "@/lib/errors";
import { askLangfuse } from "./ask-langfuse";
import type { ExperimentEntry, ExperimentRun, Experiments, OpenExperiment } from "./experiments";
import { judgeSpans } from "./failure-reason";
import type { LangfuseProject } from "./langfuse-project";
import { createOtlpEncoder } from "./otlp-encoder";
import { readServerMajor } from "./server-major";
import { toSpans } from "./to-spans";

/** Keeps experiments apart from what people ask. */
const ENVIRONMENT = "sdk-experiment";
const SEND_TIMEOUT_MS = 15_000;

const runItemSchema = z.object({ datasetRunId: z.string() });
const scoreSchema = z.object({ id: z.string() });

interface ExperimentOptions {
  release: string | null;
  /** Sixteen hex digits. */
  newId(): string;
}

/**
 * Experiments as Langfuse's own SDK records them: every span of an item's trace names the experiment and the
 * item. A server v3 wants each item's trace linked to the dataset's run besides, and gives that run its id.
 */
export function createLangfuseExperiments(project: LangfuseProject, options: ExperimentOptions): Experiments {
  return { open: (run) => openExperiment(run, project, options) };
}

function openExperiment(
  run: ExperimentRun,
  project: LangfuseProject,
  { release, newId }: ExperimentOptions,
): OpenExperiment {
  const { api, facts } = project;
  const ownId = newId();
  let datasetRunId: string | null = null;

  async function record(entry: ExperimentEntry): Promise<void> {
    const trace = toSpans(entry.record, null);
    const root = trace.observations.find(({ parentObservationId }) => parentObservationId === null);
    const place = { traceId: trace.id, observationId: root?.id ?? null };
    if (run.datasetId !== null && (await readServerMajor(facts)) < 4) {
      datasetRunId = await linkRunItem(run, entry.itemId, place);
    }
    const encode = createOtlpEncoder({
      environment: ENVIRONMENT,
      release,
      attributes: experimentAttributes(run, entry, datasetRunId ?? ownId, place.observationId),
      rootAttributes: {
        ...(entry.expected !== null && { "langfuse.experiment.item.expected_output": entry.expected }),
      },
    });
    for (const { bytes, spans } of encode(trace)) await send(bytes, spans);
    for (const [name, value] of Object.entries(entry.scores)) {
      if (value !== null) await score(toTraceId(entry.record.request_id), name, value);
    }
  }

  async function linkRunItem(
    { name }: ExperimentRun,
    datasetItemId: string,
    place: { traceId: string; observationId: string | null },
  ): Promise<string> {
    const body = { runName: name, datasetItemId, ...place };
    const request = { method: "POST", path: "/api/public/dataset-run-items", body } as const;
    const made = await askLangfuse(api, { ...request, schema: runItemSchema });
    if (!made) throw new AppError("upstream_failed", "Langfuse has no item of this id.");
    return made.datasetRunId;
  }

  async function send(body: Uint8Array, spans: number): Promise<void> {
    const headers = { "x-langfuse-ingestion-version": "4" };
    const path = "/api/public/otel/v1/traces";
    const answer = await api.call({ method: "POST", path, headers, body, timeoutMs: SEND_TIMEOUT_MS });
    const verdict = judgeSpans(answer, spans);
    if (!verdict.taken) throw new AppError("upstream_failed", `${verdict.reason}.`);
  }

  async function score(traceId: string, name: string, value: number): Promise<void> {
    const body = {
      id: `${traceId}-${name}`,
      traceId,
      name,
      value,
      dataType: "NUMERIC",
      environment: ENVIRONMENT,
    };
    const request = { method: "POST", path: "/api/public/scores", body } as const;
    await askLangfuse(api, { ...request, schema: scoreSchema });
  }

  async function url(): Promise<string | null> {
    const projectId = await facts.projectId();
    if (projectId === null || run.datasetId === null) return null;
    const dataset = `${project.publicUrl}/project/${encodeURIComponent(projectId)}/datasets/${encodeURIComponent(run.datasetId)}`;
    return datasetRunId === null ? dataset : `${dataset}/runs/${encodeURIComponent(datasetRunId)}`;
  }

  return { record, url };
}

/** Attribute names of Langfuse's OTLP ingestion. */
function experimentAttributes(
  { name, datasetId }: ExperimentRun,
  { itemId }: ExperimentEntry,
  experimentId: string,
  rootId: string | null,
): Record<string, string> {
  return {
    "langfuse.experiment.id": experimentId,
    "langfuse.experiment.name": name,
    "langfuse.experiment.item.id": itemId,
    ...(datasetId !== null && { "langfuse.experiment.dataset.id": datasetId }),
    ...(rootId !== null && { "langfuse.experiment.item.root_observation_id": rootId }),
  };
}
